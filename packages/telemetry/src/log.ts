import { hostname } from 'node:os';
import { trace } from '@opentelemetry/api';
import { type Logger, pino } from 'pino';
import { redact } from './redact.ts';
import { currentWork } from './work.ts';

export type { Logger };

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export interface LogOptions {
  /** Of the process: "api", "trainer", "web". */
  readonly app: string;
  readonly level: string;
  /** 1: standard output; 2: standard error. */
  readonly descriptor: 1 | 2;
}

/**
 * One JSON line per record, redacted, with the id of the request that the work is for. Written at
 * once: the last lines before an exit are the ones that matter.
 */
export function openLog({ app, level, descriptor }: LogOptions): Logger {
  return pino(
    {
      level,
      base: { app, host: hostname(), pid: process.pid },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: currentFields,
      hooks: { streamWrite: redact },
    },
    pino.destination({ dest: descriptor, sync: true }),
  );
}

function currentFields(): Record<string, string> {
  const requestId = currentWork()?.requestId ?? null;
  const at = trace.getActiveSpan()?.spanContext();
  return {
    ...(requestId === null ? {} : { requestId }),
    ...(at === undefined ? {} : { traceId: at.traceId, spanId: at.spanId }),
  };
}
