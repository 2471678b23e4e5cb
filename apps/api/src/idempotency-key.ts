import { DomainError } from '@blockwise/contracts';
import { maxIdempotencyKey } from './limits.ts';

/** @throws DomainError BAD_INPUT */
export function checkedKey(key: string | null | undefined): string | undefined {
  if (key === null || key === undefined) {
    return undefined;
  }
  if (key.length < 1 || key.length > maxIdempotencyKey) {
    throw new DomainError('BAD_INPUT', `idempotencyKey has 1 to ${maxIdempotencyKey} characters.`, {
      path: ['idempotencyKey'],
    });
  }
  return key;
}
