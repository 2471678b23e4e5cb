import type { TeamRole, TokenScope } from '@blockwise/contracts';

/**
 * Who may call an operation. ANYONE: also without signing in, because what it answers is guarded
 * object by object. SIGNED_IN: every account. A role: whoever has it, or a higher one, in the team
 * that owns what the operation is about. OPERATOR: who runs the server. TRAINER: tokens for trainers.
 */
export type Who = 'ANYONE' | 'SIGNED_IN' | TeamRole | 'OPERATOR' | 'TRAINER';

/** What it takes to call an operation. */
export interface Right {
  readonly who: Who;
  /** Of tokens; a signed-in browser has READ, WRITE and ADMIN. Not asked of ANYONE. */
  readonly scope: TokenScope;
}

export const anyone = { who: 'ANYONE', scope: 'READ' } as const satisfies Right;
export const signedIn = { who: 'SIGNED_IN', scope: 'READ' } as const satisfies Right;
export const operator = { who: 'OPERATOR', scope: 'ADMIN' } as const satisfies Right;
export const trainer = { who: 'TRAINER', scope: 'TRAIN' } as const satisfies Right;

/** A right of members of a team. */
export function atLeast<Role extends TeamRole>(who: Role, scope: TokenScope) {
  return { who, scope } as const satisfies Right;
}

const roles: readonly Who[] = ['VIEWER', 'MEMBER', 'MAINTAINER', 'OWNER'];

/** The role that the right asks for in the team that is concerned; null when it asks for none. */
export function roleOf({ who }: Right): TeamRole | null {
  return roles.includes(who) ? (who as TeamRole) : null;
}
