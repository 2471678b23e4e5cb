import { DomainError } from '@blockwise/contracts';
import type { ThreadFailure } from './protocol.ts';

/** A compute thread failed in a way that nobody expected; it is replaced before the next task. */
export class ComputeFault extends Error {
  override readonly name = 'ComputeFault';
}

/** An error as it is posted to the main thread. */
export function toFailure(error: unknown): ThreadFailure {
  if (error instanceof DomainError) {
    const { code, message, path, stack } = error;
    return { code, message, path, stack: stack ?? null };
  }
  if (error instanceof Error) {
    return { code: null, message: error.message, path: [], stack: error.stack ?? null };
  }
  return { code: null, message: String(error), path: [], stack: null };
}

/** The error again, on the main thread, with the compute thread's stack as its cause. */
export function fromFailure({ code, message, path, stack }: ThreadFailure): Error {
  const cause = stack ?? undefined;
  return code === null
    ? new ComputeFault(message, { cause })
    : new DomainError(code, message, { path, cause });
}
