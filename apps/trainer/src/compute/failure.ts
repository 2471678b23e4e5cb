import { DomainError } from '@blockwise/contracts';
import type { ThreadFailure } from './protocol.ts';

/** A compute thread failed in a way that nobody expected; it is replaced before the next task. */
export class ComputeFault extends Error {
  override readonly name = 'ComputeFault';
  /** The operating system's, of a failed file operation. */
  readonly code: string | null;

  constructor(message: string, options: { cause?: unknown; code?: string | null } = {}) {
    super(message, { cause: options.cause });
    this.code = options.code ?? null;
  }
}

/** An error as it is posted to the main thread. */
export function toFailure(error: unknown): ThreadFailure {
  if (error instanceof DomainError) {
    const { code, message, path, stack } = error;
    return { code, message, path, stack: stack ?? null, systemCode: null };
  }
  if (error instanceof Error) {
    const systemCode = 'code' in error && typeof error.code === 'string' ? error.code : null;
    const { message, stack } = error;
    return { code: null, message, path: [], stack: stack ?? null, systemCode };
  }
  return { code: null, message: String(error), path: [], stack: null, systemCode: null };
}

/** The error again, on the main thread, with the compute thread's stack as its cause. */
export function fromFailure({ code, message, path, stack, systemCode }: ThreadFailure): Error {
  const cause = stack ?? undefined;
  return code === null
    ? new ComputeFault(message, { cause, code: systemCode })
    : new DomainError(code, message, { path, cause });
}
