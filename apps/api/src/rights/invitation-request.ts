import { DomainError, type TeamRole } from '@blockwise/contracts';
import type { Invite } from '@blockwise/db';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { forbidden } from './refusals.ts';
import { subject } from './subject.ts';

const longestDays = 30;
const dayMilliseconds = 24 * 3600 * 1000;

/** An invitation as it is asked for. */
interface InvitationRequest {
  /** Opaque id. */
  readonly team: string;
  readonly role: TeamRole;
  readonly email?: string | null | undefined;
  /** For which it is good. */
  readonly days: number;
}

/**
 * What is asked of an invitation, if the viewer may give it.
 *
 * @throws DomainError BAD_INPUT; FORBIDDEN for a role above the viewer's own
 */
export async function checkedInvitation(
  { team, role, email, days }: InvitationRequest,
  context: Context,
): Promise<Invite> {
  const { id: teamId } = await subject(context, 'Team', team, ['team']);
  if (days < 1 || days > longestDays) {
    throw new DomainError('BAD_INPUT', `days is ${days}; it must be 1 to ${longestDays}.`, {
      path: ['days'],
    });
  }
  if (email && !z.email().safeParse(email).success) {
    throw new DomainError('BAD_INPUT', 'This is not an e-mail address.', { path: ['email'] });
  }
  if (!context.viewer.isAtLeast(teamId, role)) {
    throw forbidden(`You cannot give the role ${role}: your own is below it.`);
  }
  return {
    teamId,
    role,
    email: email ?? null,
    createdById: context.viewer.principal?.userId ?? '',
    expiresAt: new Date(Date.now() + days * dayMilliseconds),
  };
}
