import { AsyncLocalStorage } from 'node:async_hooks';

/** What the code that runs now works on; whatever it logs or enqueues carries it. */
export interface Work {
  /** Of the request that asked for it, however long ago. */
  readonly requestId: string | null;
}

const scope = new AsyncLocalStorage<Work>();

/** Runs code, and whatever it starts, as part of some work. */
export function within<Result>(work: Work, run: () => Result): Result {
  return scope.run(work, run);
}

/** The work that the caller is part of; none at the start of a process and in its timers. */
export function currentWork(): Work | undefined {
  return scope.getStore();
}
