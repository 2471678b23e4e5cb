import type { TeamRole, TokenScope } from '@blockwise/contracts';
import { isAtLeast } from '@blockwise/contracts';
import type { Principal, Reader } from '@blockwise/db';

/** Who asks: a signed-in person, a program with a token, or nobody in particular. */
export interface Viewer {
  /** Null: not signed in. */
  readonly principal: Principal | null;
  /** The same in the terms in which rows are guarded. */
  readonly reader: Reader;
  /** A token was sent that is unknown, expired or revoked: the answer says so instead of "sign in". */
  readonly hasBadToken: boolean;
  hasScope(scope: TokenScope): boolean;
  /** Its role in a team is this one or a higher one. */
  isAtLeast(teamId: string, role: TeamRole): boolean;
}

const nobody: Reader = { userId: null, teamIds: [], ownedTeamIds: [] };

/** The viewer of a principal; of nobody in particular where it is null. */
export function viewerOf(principal: Principal | null, hasBadToken = false): Viewer {
  return {
    principal,
    hasBadToken,
    reader: principal === null ? nobody : readerOf(principal),
    hasScope: (scope) => principal?.scopes.includes(scope) ?? false,
    isAtLeast(teamId, role) {
      const own = principal?.roles.get(teamId);
      return own !== undefined && isAtLeast(own, role);
    },
  };
}

function readerOf({ userId, roles, scopes }: Principal): Reader {
  // A trainer's token sees nothing of its user's teams.
  if (scopes.every((scope) => scope === 'TRAIN')) return nobody;
  const owned = [...roles].filter(([, role]) => role === 'OWNER');
  return {
    userId,
    teamIds: [...roles.keys()],
    ownedTeamIds: owned.map(([teamId]) => teamId),
  };
}
