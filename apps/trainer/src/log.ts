import { type Logger, pino } from 'pino';

export type { Logger };

/** Structured lines on standard error; standard output stays free. */
export function openLog(level: string): Logger {
  // Synchronous: the last lines before an exit are the ones that matter.
  return pino({ level, base: { app: 'trainer' } }, pino.destination({ dest: 2, sync: true }));
}
