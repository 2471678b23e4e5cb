import { type Logger, openLog } from '@blockwise/telemetry';

let log: Logger | undefined;

/** The log of the dashboard's server: JSON lines on standard output, by `LOG_LEVEL`. */
export function serverLog(): Logger {
  log ??= openLog({ app: 'web', level: process.env.LOG_LEVEL || 'info', descriptor: 1 });
  return log;
}
