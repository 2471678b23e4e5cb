import { DomainError, type ErrorPath } from '@blockwise/contracts';
import type { TokenRow } from '@blockwise/db';
import type { Context } from '../context.ts';
import { rowId } from '../schema/global-id.ts';
import { typeRules } from './types.ts';

/** A token that the viewer may see, and therefore end. Throws DomainError NOT_FOUND. */
export async function ownToken(
  context: Context,
  globalId: string,
  path: ErrorPath,
): Promise<TokenRow> {
  const token = await context.loaders.token.load(rowId(globalId, 'Token', path));
  if (token === null || !(await typeRules.Token(token, context))) {
    throw new DomainError('NOT_FOUND', 'There is no such token.', { path });
  }
  context.note({ about: globalId, ...(token.teamId === null ? {} : { team: token.teamId }) });
  return token;
}
