import { type Logger, openLog as open } from '@blockwise/telemetry';

export type { Logger };

/** JSON lines on standard error, redacted; standard output stays free. */
export function openLog(level: string): Logger {
  return open({ app: 'trainer', level, descriptor: 2 });
}
