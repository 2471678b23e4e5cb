import { DomainError } from '@blockwise/contracts';
import type { Viewer } from './viewer.ts';

/** For somebody who would have to sign in. */
export function unauthenticated({ hasBadToken }: Viewer): DomainError {
  return new DomainError(
    'UNAUTHENTICATED',
    hasBadToken
      ? 'The token is unknown, expired or revoked.'
      : 'Sign in, or send a token as "Authorization: Bearer …".',
  );
}

/** For somebody who is known and may not. */
export function forbidden(reason: string): DomainError {
  return new DomainError('FORBIDDEN', reason);
}
