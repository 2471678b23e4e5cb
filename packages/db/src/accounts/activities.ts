import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { allOf, countOf, type Direction, type Order, pageOfIds, pageOfRows } from '../keys.ts';
import { ownedList } from '../owned-list.ts';
import type { Page, PageRequest } from '../page.ts';

/** One line of the audit log. */
export interface ActivityRow {
  readonly id: string;
  readonly at: Date;
  readonly userId: string | null;
  readonly tokenId: string | null;
  readonly teamId: string | null;
  readonly action: string;
  readonly subject: string | null;
  readonly details: unknown;
  readonly ip: string | null;
  readonly requestId: string;
}

export type NewActivity = Omit<ActivityRow, 'id' | 'at' | 'details'> & {
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
};

/** Adds a line to the audit log; of a team that is gone by now it names none. */
export async function recordActivity(
  db: Database,
  { details = {}, teamId, ...activity }: NewActivity,
): Promise<void> {
  const team =
    teamId === null
      ? null
      : await db.prisma.team.findUnique({ where: { id: teamId }, select: { id: true } });
  await db.prisma.activity.create({ data: { ...activity, teamId: team?.id ?? null, details } });
}

export interface ActivityFilter {
  readonly action?: string | null | undefined;
  readonly userId?: string | null | undefined;
}

const source = {
  from: Prisma.sql`activity`,
  id: Prisma.sql`activity.id`,
} as const;
const newestFirst: Order = { value: Prisma.sql`activity.at`, type: 'time', direction: 'DESC' };

/** The audit logs of teams, newest first if nothing else is asked for. */
export const activitiesOfTeams = ownedList<ActivityRow, ActivityFilter, 'AT'>({
  ...source,
  name: 'activities',
  owner: Prisma.sql`activity.team_id`,
  usual: 'AT',
  orders: { AT: newestFirst },
  where: whereOf,
  read: readActivities,
  idOf: ({ id }) => id,
});

export interface ListActivities extends PageRequest {
  readonly filter?: ActivityFilter;
  /** By time. */
  readonly direction?: Direction | null | undefined;
}

/** The audit log of the whole server, newest first if nothing else is asked for. */
export async function listActivities(
  db: Database,
  { filter, ...page }: ListActivities,
): Promise<Page<ActivityRow>> {
  const where = whereOf(filter);
  const ids = await pageOfIds(db, {
    ...source,
    ...page,
    ...{ name: 'all activities', order: newestFirst, where },
  });
  const rows = await readActivities(
    db,
    ids.edges.map(({ node }) => node),
  );
  return pageOfRows(ids, rows, ({ id }) => id);
}

export function countActivities(db: Database, filter?: ActivityFilter): Promise<number> {
  return countOf(db, { ...source, where: whereOf(filter) });
}

function whereOf({ action, userId }: ActivityFilter = {}): Prisma.Sql {
  return allOf([
    action ? Prisma.sql`activity.action = ${action}` : null,
    userId ? Prisma.sql`activity.user_id = ${userId}::uuid` : null,
  ]);
}

export async function readActivities(db: Database, ids: readonly string[]): Promise<ActivityRow[]> {
  return db.prisma.activity.findMany({ where: { id: { in: [...ids] } } });
}

/** How often signing in to an account failed since a moment, from wherever. */
export async function countFailedSignIns(
  db: Database,
  { email, since }: { email: string; since: Date },
): Promise<number> {
  return db.prisma.activity.count({
    where: { action: 'signInFailed', subject: email, at: { gt: since } },
  });
}
