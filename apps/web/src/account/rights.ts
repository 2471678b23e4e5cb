import type { TeamRole } from '@blockwise/client';
import { useViewer } from './viewer.tsx';

/** From the least to the most. */
export const teamRoles: readonly TeamRole[] = ['VIEWER', 'MEMBER', 'MAINTAINER', 'OWNER'];

/** Whether a role may do what is for `least` and higher roles; nobody's role may nothing. */
export function isAtLeast(role: TeamRole | null | undefined, least: TeamRole): boolean {
  return role != null && teamRoles.indexOf(role) >= teamRoles.indexOf(least);
}

/** Whether the viewer may start something of their own: in some team as a member or more. */
export function useMayStart(): boolean {
  const { viewer } = useViewer();
  return viewer?.memberships.some(({ role }) => isAtLeast(role, 'MEMBER')) ?? false;
}

/** The viewer's role in a team; undefined when the viewer is no member, or is not known yet. */
export function useRole(team: string | undefined): TeamRole | undefined {
  const { viewer } = useViewer();
  return viewer?.memberships.find((membership) => membership.team.id === team)?.role;
}
