import { AsyncLocalStorage } from 'node:async_hooks';
import { context } from '@opentelemetry/api';
import { contextBelow } from './traceparent.ts';

/** What the code that runs now works on; whatever it logs or enqueues carries it. */
export interface Work {
  /** Of the request that asked for it, however long ago. */
  readonly requestId: string | null;
  /** Where it belongs in a trace that another process began. */
  readonly traceparent?: string | null;
}

const scope = new AsyncLocalStorage<Work>();

/** Runs code, and whatever it starts, as part of some work. */
export function within<Result>(work: Work, run: () => Result): Result {
  return scope.run(work, () => context.with(contextBelow(work.traceparent), run));
}

/** The work that the caller is part of; none at the start of a process and in its timers. */
export function currentWork(): Work | undefined {
  return scope.getStore();
}
