import { DomainError, type TeamRole } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import {
  checkFirst,
  decodeCursor,
  encodeCursor,
  isTimeKey,
  type Page,
  type PageRequest,
  toPage,
} from '../page.ts';

export interface TeamRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** Makes a team with its first owner. Throws DomainError CONFLICT when the name is taken. */
export async function createTeam(
  db: Database,
  { name, ownerId }: { name: string; ownerId: string },
): Promise<TeamRow> {
  return unlessNameTaken(() =>
    db.prisma.team.create({
      data: { name, members: { create: { userId: ownerId, role: 'OWNER' } } },
    }),
  );
}

/** Throws DomainError CONFLICT when the name is taken. */
export async function renameTeam(db: Database, id: string, name: string): Promise<TeamRow> {
  return unlessNameTaken(() => db.prisma.team.update({ where: { id }, data: { name } }));
}

/** Deletes a team that owns nothing any more. Throws DomainError CONFLICT while it does. */
export async function deleteTeam(db: Database, id: string): Promise<void> {
  try {
    await db.prisma.team.delete({ where: { id } });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003') {
      throw new DomainError('CONFLICT', 'The team still owns searches or leaderboards.', {
        path: ['team'],
        cause: error,
      });
    }
    throw error;
  }
}

async function unlessNameTaken(write: () => Promise<TeamRow>): Promise<TeamRow> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw new DomainError('CONFLICT', 'There is a team of that name already.', {
        path: ['name'],
        cause: error,
      });
    }
    throw error;
  }
}

export interface MembershipRow {
  readonly teamId: string;
  readonly userId: string;
  readonly role: TeamRole;
  readonly createdAt: Date;
}

/** Members of teams, the longest there first. */
export async function membersOfTeams(
  db: Database,
  teamIds: readonly string[],
): Promise<MembershipRow[]> {
  return db.prisma.membership.findMany({
    where: { teamId: { in: [...teamIds] } },
    orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
  });
}

/** Memberships of users, the oldest first. */
export async function membershipsOfUsers(
  db: Database,
  userIds: readonly string[],
): Promise<MembershipRow[]> {
  return db.prisma.membership.findMany({
    where: { userId: { in: [...userIds] } },
    orderBy: [{ createdAt: 'asc' }, { teamId: 'asc' }],
  });
}

/**
 * Gives a member another role, or takes it out of the team (role null); its tokens of this team are
 * revoked then. A team keeps at least one owner.
 *
 * @throws DomainError NOT_FOUND for somebody who is no member; CONFLICT for the last owner
 */
export async function changeMember(
  db: Database,
  { teamId, userId, role }: { teamId: string; userId: string; role: TeamRole | null },
): Promise<void> {
  await db.prisma.$transaction(async (tx) => {
    // Two owners who take each other's role away at one time must not both succeed.
    await tx.$queryRaw`SELECT id::text FROM team WHERE id = ${teamId}::uuid FOR UPDATE`;
    const members = await tx.membership.findMany({ where: { teamId } });
    const member = members.find((each) => each.userId === userId);
    if (member === undefined) {
      throw new DomainError('NOT_FOUND', 'The team has no such member.', { path: ['user'] });
    }
    const owners = members.filter((each) => each.role === 'OWNER');
    if (member.role === 'OWNER' && role !== 'OWNER' && owners.length === 1) {
      throw new DomainError('CONFLICT', 'A team keeps at least one owner.', { path: ['user'] });
    }
    const where = { teamId_userId: { teamId, userId } };
    if (role !== null) {
      await tx.membership.update({ where, data: { role } });
      return;
    }
    await tx.membership.delete({ where });
    await tx.token.updateMany({
      where: { teamId, userId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
  });
}

export interface ListTeams extends PageRequest {
  readonly userId: string;
}

/** Teams of a user, the longest a member first. */
export async function listTeams(db: Database, request: ListTeams): Promise<Page<TeamRow>> {
  const first = checkFirst(request.first);
  const after = decodeCursor('teams', request.after, isTimeKey);
  const rows = await db.prisma.membership.findMany({
    where: {
      userId: request.userId,
      ...(after === null
        ? {}
        : {
            OR: [
              { createdAt: { gt: after[0] } },
              { createdAt: after[0], teamId: { gt: after[1] } },
            ],
          }),
    },
    include: { team: true },
    orderBy: [{ createdAt: 'asc' }, { teamId: 'asc' }],
    take: first + 1,
  });
  return toPage(rows, first, (row) => ({
    cursor: encodeCursor('teams', [row.createdAt.toISOString(), row.teamId]),
    node: row.team,
  }));
}

export async function countTeams(db: Database, userId: string): Promise<number> {
  return db.prisma.membership.count({ where: { userId } });
}
