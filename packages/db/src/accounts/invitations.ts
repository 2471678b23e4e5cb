import { DomainError, isAtLeast, type TeamRole } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { hashSecret, newSecret } from './secret.ts';

export interface InvitationRow {
  readonly id: string;
  readonly teamId: string;
  readonly role: TeamRole;
  readonly email: string | null;
  readonly createdById: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
}

const secretPrefix = 'bwi_';

export interface Invite {
  readonly teamId: string;
  readonly role: TeamRole;
  /** Only an account of this address may accept; null: whoever has the secret. */
  readonly email: string | null;
  readonly createdById: string;
  readonly expiresAt: Date;
}

/** Makes an invitation; its secret is told this once. */
export async function invite(
  db: Database,
  { email, ...data }: Invite,
): Promise<{ invitation: InvitationRow; secret: string }> {
  const secret = newSecret(secretPrefix);
  const invitation = await db.prisma.invitation.create({
    data: { ...data, email: email?.toLowerCase() ?? null, secretHash: hashSecret(secret) },
    omit: { secretHash: true },
  });
  return { invitation, secret };
}

/** The invitation of a secret that can still be accepted, or null. */
export async function openInvitation(db: Database, secret: string): Promise<InvitationRow | null> {
  return db.prisma.invitation.findFirst({
    where: {
      secretHash: hashSecret(secret),
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { gt: new Date() },
    },
    omit: { secretHash: true },
  });
}

/**
 * Makes a user a member. An invitation is good for one acceptance; who has a higher role keeps it.
 *
 * @throws DomainError NOT_FOUND when it is unknown, used, revoked, expired, or for another address
 */
export async function acceptInvitation(
  db: Database,
  { secret, userId }: { secret: string; userId: string },
): Promise<{ teamId: string }> {
  return db.prisma.$transaction(async (tx) => {
    const { email } = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    const [invitation] = await tx.invitation.updateManyAndReturn({
      where: {
        secretHash: hashSecret(secret),
        acceptedAt: null,
        revokedAt: null,
        expiresAt: { gt: new Date() },
        OR: [{ email: null }, { email }],
      },
      data: { acceptedAt: new Date() },
    });
    if (invitation === undefined) {
      throw new DomainError(
        'NOT_FOUND',
        'There is no open invitation of that secret for this account.',
        { path: ['secret'] },
      );
    }
    const { teamId, role } = invitation;
    const where = { teamId_userId: { teamId, userId } };
    const member = await tx.membership.findUnique({ where });
    if (member === null) {
      await tx.membership.create({ data: { teamId, userId, role } });
    } else if (!isAtLeast(member.role, role)) {
      await tx.membership.update({ where, data: { role } });
    }
    return { teamId };
  });
}

/** Takes an invitation back; one that was accepted stays so. */
export async function revokeInvitation(db: Database, id: string): Promise<InvitationRow> {
  await db.prisma.invitation.updateMany({
    where: { id, acceptedAt: null, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  return db.prisma.invitation.findUniqueOrThrow({ where: { id }, omit: { secretHash: true } });
}

export async function readInvitations(
  db: Database,
  ids: readonly string[],
): Promise<InvitationRow[]> {
  return db.prisma.invitation.findMany({
    where: { id: { in: [...ids] } },
    omit: { secretHash: true },
  });
}

/** Invitations of teams that are open, newest first. */
export async function openInvitationsOfTeams(
  db: Database,
  teamIds: readonly string[],
): Promise<InvitationRow[]> {
  return db.prisma.invitation.findMany({
    where: {
      teamId: { in: [...teamIds] },
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { gt: new Date() },
    },
    orderBy: { createdAt: 'desc' },
    omit: { secretHash: true },
  });
}
