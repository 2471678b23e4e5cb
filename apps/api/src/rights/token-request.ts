import { DomainError, type TokenScope } from '@blockwise/contracts';
import type { CreateToken } from '@blockwise/db';
import { checkedName } from '../checked-name.ts';
import type { Context } from '../context.ts';
import { forbidden, unauthenticated } from './refusals.ts';
import { subject } from './subject.ts';

const longestDays = 366;
const usualDays = 90;
const dayMilliseconds = 24 * 3600 * 1000;

/** A token as it is asked for. */
interface TokenRequest {
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  /** Opaque id of the only team it is good for. */
  readonly team?: string | null | undefined;
  readonly days?: number | null | undefined;
}

/**
 * What is asked of a new token, if the viewer may have it.
 *
 * @throws DomainError BAD_INPUT; FORBIDDEN when it could do more, or longer, than who asks
 */
export async function checkedTokenRequest(
  { name, scopes, team, days }: TokenRequest,
  context: Context,
): Promise<CreateToken> {
  const { viewer } = context;
  const { principal } = viewer;
  if (principal === null) throw unauthenticated(viewer);
  if (scopes.length === 0) {
    throw new DomainError('BAD_INPUT', 'A token has at least one scope.', { path: ['scopes'] });
  }
  const lasts = days ?? usualDays;
  if (lasts < 1 || lasts > longestDays) {
    throw new DomainError('BAD_INPUT', `days is ${lasts}; it must be 1 to ${longestDays}.`, {
      path: ['days'],
    });
  }
  if (scopes.includes('TRAIN')) {
    if (scopes.length > 1) {
      throw new DomainError('BAD_INPUT', 'The scope TRAIN stands alone.', { path: ['scopes'] });
    }
    if (!principal.isOperator) throw forbidden("Trainers' tokens are made by operators.");
    if (team) {
      throw new DomainError('BAD_INPUT', 'Trainers work for all teams.', { path: ['team'] });
    }
  }
  const more = scopes.find((scope) => scope !== 'TRAIN' && !viewer.hasScope(scope));
  if (more !== undefined) throw forbidden(`You do not have the scope ${more} yourself.`);
  const teamId = team ? await teamOfToken(team, context) : onlyTeamOf(context);
  const asked = new Date(Date.now() + lasts * dayMilliseconds);
  const isTooLong = principal.expiresAt !== null && asked > principal.expiresAt;
  if (isTooLong && days) {
    throw forbidden('A token cannot make one that lasts longer than itself.');
  }
  return {
    userId: principal.userId,
    teamId,
    name: checkedName(name, ['name']),
    scopes: [...new Set(scopes)],
    expiresAt: isTooLong && principal.expiresAt !== null ? principal.expiresAt : asked,
  };
}

async function teamOfToken(globalId: string, context: Context): Promise<string> {
  const { id } = await subject(context, 'Team', globalId, ['team']);
  if (!context.viewer.isAtLeast(id, 'VIEWER')) throw forbidden('You are no member of the team.');
  context.note({ team: id });
  return id;
}

/** A token of one team makes tokens of that team. */
function onlyTeamOf({ viewer: { principal } }: Context): string | null {
  if (principal === null || principal.onlyTeamId === null) return null;
  return principal.onlyTeamId;
}
