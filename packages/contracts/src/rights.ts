import { z } from 'zod';

/** What a member may do in a team, from least to most; each may do what those before it may. */
export const teamRole = z.enum(['VIEWER', 'MEMBER', 'MAINTAINER', 'OWNER']);
export type TeamRole = z.infer<typeof teamRole>;

/** True when `role` may do what needs `least`. */
export function isAtLeast(role: TeamRole, least: TeamRole): boolean {
  return teamRole.options.indexOf(role) >= teamRole.options.indexOf(least);
}

/**
 * Who may see an object. PRIVATE: who made it, and the owners of its team. TEAM: every member.
 * PUBLIC: everybody who reaches the server, signed in or not.
 */
export const visibility = z.enum(['PRIVATE', 'TEAM', 'PUBLIC']);
export type Visibility = z.infer<typeof visibility>;

/**
 * What a token may be used for. READ: queries and subscriptions. WRITE: what a member does (starting,
 * cancelling, entering boards). ADMIN: what maintainers and owners do. TRAIN: taking jobs and writing
 * the results of its own jobs, and nothing else. A token never has more rights than who made it.
 */
export const tokenScope = z.enum(['READ', 'WRITE', 'ADMIN', 'TRAIN']);
export type TokenScope = z.infer<typeof tokenScope>;
