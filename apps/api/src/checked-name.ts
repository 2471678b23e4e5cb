import { DomainError, type ErrorPath } from '@blockwise/contracts';

const maxName = 100;

/** A name for people, without space around it. Throws DomainError BAD_INPUT. */
export function checkedName(name: string, path: ErrorPath): string {
  const trimmed = name.trim();
  if (trimmed.length < 1 || trimmed.length > maxName) {
    throw new DomainError('BAD_INPUT', `A name has 1 to ${maxName} characters.`, { path });
  }
  return trimmed;
}
