import { DomainError, type TeamRole } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { allOf, countOf, type Direction, type Order, pageOfIds, pageOfRows } from '../keys.ts';
import type { Page, PageRequest } from '../page.ts';

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

export async function readTeams(db: Database, ids: readonly string[]): Promise<TeamRow[]> {
  return db.prisma.team.findMany({ where: { id: { in: [...ids] } } });
}

export interface ListTeams extends PageRequest {
  readonly userId: string;
  /** Part of the name, in any case. */
  readonly text?: string | null | undefined;
  readonly orderBy?: {
    readonly field: 'JOINED_AT' | 'NAME';
    readonly direction?: Direction | null;
  };
}

const orders: Record<NonNullable<ListTeams['orderBy']>['field'], Order> = {
  JOINED_AT: { value: Prisma.sql`m.created_at`, type: 'time', direction: 'ASC' },
  NAME: { value: Prisma.sql`t.name`, type: 'text', direction: 'ASC' },
};

/** Teams of a user, the longest a member first if nothing else is asked for. */
export async function listTeams(
  db: Database,
  { orderBy, first, after, ...whose }: ListTeams,
): Promise<Page<TeamRow>> {
  const field = orderBy?.field ?? 'JOINED_AT';
  const page = await pageOfIds(db, {
    ...{
      name: `teams ${field}`,
      order: orders[field],
      direction: orderBy?.direction,
      first,
      after,
    },
    ...{ from: membersFrom, where: whereOf(whose), id: Prisma.sql`t.id` },
  });
  const rows = await readTeams(
    db,
    page.edges.map(({ node }) => node),
  );
  return pageOfRows(page, rows, ({ id }) => id);
}

export async function countTeams(
  db: Database,
  whose: Pick<ListTeams, 'userId' | 'text'>,
): Promise<number> {
  return countOf(db, { from: membersFrom, where: whereOf(whose) });
}

const membersFrom = Prisma.sql`membership m JOIN team t ON t.id = m.team_id`;

function whereOf({ userId, text }: Pick<ListTeams, 'userId' | 'text'>): Prisma.Sql {
  return allOf([
    Prisma.sql`m.user_id = ${userId}::uuid`,
    text ? Prisma.sql`strpos(lower(t.name), lower(${text})) > 0` : null,
  ]);
}
