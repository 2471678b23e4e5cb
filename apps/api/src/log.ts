import { type Logger, pino } from 'pino';

export type Log = Logger;

/** One JSON line per record on standard output. */
export function createLog(level: string): Log {
  return pino({ name: 'api', level });
}
