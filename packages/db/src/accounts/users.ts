import type { Database } from '../database.ts';
import { localTeamId } from '../team.ts';

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isOperator: boolean;
  readonly createdAt: Date;
}

const shown = { id: true, name: true, email: true, isOperator: true, createdAt: true } as const;

export async function readUsers(db: Database, ids: readonly string[]): Promise<UserRow[]> {
  return db.prisma.user.findMany({ where: { id: { in: [...ids] } }, select: shown });
}

/** The account of an e-mail address, in whatever case it is written. */
export async function userOfEmail(db: Database, email: string): Promise<UserRow | null> {
  return db.prisma.user.findUnique({ where: { email: email.toLowerCase() }, select: shown });
}

/** E-mail address of the account that the first start makes; nothing is ever sent to it. */
const ownerEmail = 'owner@blockwise.local';

/**
 * The account that runs the server: the first operator. Made when there is no account at all, as
 * owner of the team that the first migration inserts; it has no password until somebody sets one.
 * Processes that start together make one.
 */
export async function ensureOwner(db: Database): Promise<{ owner: UserRow; isNew: boolean }> {
  return db.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(7106240312)::text`;
    const first = await tx.user.findFirst({
      where: { isOperator: true },
      orderBy: { createdAt: 'asc' },
      select: shown,
    });
    if (first !== null) {
      return { owner: first, isNew: false };
    }
    const owner = await tx.user.create({
      data: {
        name: 'Owner',
        email: ownerEmail,
        emailVerified: true,
        isOperator: true,
        memberships: { create: { teamId: localTeamId, role: 'OWNER' } },
      },
      select: shown,
    });
    return { owner, isNew: true };
  });
}

/** Changes the name by which others see an account. */
export async function renameUser(db: Database, id: string, name: string): Promise<UserRow> {
  return db.prisma.user.update({ where: { id }, data: { name }, select: shown });
}
