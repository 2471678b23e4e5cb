import { DomainError } from '@blockwise/contracts';
import type { Invite } from '@blockwise/db';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { InviteMemberInput } from '../schema/invitation.ts';
import { forbidden } from './refusals.ts';
import { subject } from './subject.ts';

const longestDays = 30;
const dayMilliseconds = 24 * 3600 * 1000;

/**
 * What is asked of an invitation, if the viewer may give it.
 *
 * @throws DomainError BAD_INPUT; FORBIDDEN for a role above the viewer's own
 */
export async function checkedInvitation(
  { team, role, email, days }: typeof InviteMemberInput.$inferInput,
  context: Context,
): Promise<Invite> {
  const { id: teamId } = await subject(context, 'Team', team, ['team']);
  const lasts = days ?? 7;
  if (lasts < 1 || lasts > longestDays) {
    throw new DomainError('BAD_INPUT', `days is ${lasts}; it must be 1 to ${longestDays}.`, {
      path: ['days'],
    });
  }
  if (email && !z.email().safeParse(email).success) {
    throw new DomainError('BAD_INPUT', 'This is not an e-mail address.', { path: ['email'] });
  }
  const given = role ?? 'MEMBER';
  if (!context.viewer.isAtLeast(teamId, given)) {
    throw forbidden(`You cannot give the role ${given}: your own is below it.`);
  }
  return {
    teamId,
    role: given,
    email: email ?? null,
    createdById: context.viewer.principal?.userId ?? '',
    expiresAt: new Date(Date.now() + lasts * dayMilliseconds),
  };
}
