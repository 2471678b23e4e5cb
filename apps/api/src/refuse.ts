import { DomainError, type ErrorCode, type ErrorPath } from '@blockwise/contracts';

/** Refuses an input, naming the field. */
export function refuse(code: ErrorCode, message: string, path: ErrorPath): never {
  throw new DomainError(code, message, { path });
}
