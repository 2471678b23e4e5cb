import { DomainError, type ErrorCode, type ErrorPath } from '@blockwise/contracts';

/** An error as it crosses threads; without a code it was not expected. */
export interface FeedFailure {
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly path: ErrorPath;
  readonly stack: string | null;
}

/** A thread that decodes images ended, or failed in a way that nobody expected. */
export class FeedFault extends Error {
  override readonly name = 'FeedFault';
}

export function toFeedFailure(error: unknown): FeedFailure {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? null) : null;
  return error instanceof DomainError
    ? { code: error.code, message, path: error.path, stack }
    : { code: null, message, path: [], stack };
}

/** The error again, with the other thread's stack as its cause. */
export function fromFeedFailure({ code, message, path, stack }: FeedFailure): Error {
  const cause = stack ?? undefined;
  return code === null
    ? new FeedFault(message, { cause })
    : new DomainError(code, message, { path, cause });
}
