import { type Logger, openLog } from '@blockwise/telemetry';

export type Log = Logger;

/** One JSON line per record on standard output, redacted. */
export function createLog(level: string): Log {
  return openLog({ app: 'api', level, descriptor: 1 });
}
