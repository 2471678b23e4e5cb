import type { Database } from '../database.ts';
import {
  checkFirst,
  decodeCursor,
  encodeCursor,
  isTimeKey,
  type Page,
  type PageRequest,
  toPage,
} from '../page.ts';

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

export interface ListActivities extends PageRequest {
  /** Null: of the whole server. */
  readonly teamId: string | null;
  readonly action?: string | null | undefined;
  readonly userId?: string | null | undefined;
}

/** The audit log, newest first. */
export async function listActivities(
  db: Database,
  request: ListActivities,
): Promise<Page<ActivityRow>> {
  const first = checkFirst(request.first);
  const after = decodeCursor('activities', request.after, isTimeKey);
  const rows = await db.prisma.activity.findMany({
    where: {
      ...ofActivities(request),
      ...(after === null
        ? {}
        : { OR: [{ at: { lt: after[0] } }, { at: after[0], id: { lt: after[1] } }] }),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: first + 1,
  });
  return toPage(rows, first, (row) => ({
    cursor: encodeCursor('activities', [row.at.toISOString(), row.id]),
    node: row,
  }));
}

export async function countActivities(
  db: Database,
  request: Omit<ListActivities, 'first'>,
): Promise<number> {
  return db.prisma.activity.count({ where: ofActivities(request) });
}

function ofActivities({ teamId, action, userId }: Omit<ListActivities, 'first'>) {
  return {
    ...(teamId === null ? {} : { teamId }),
    ...(action ? { action } : {}),
    ...(userId ? { userId } : {}),
  };
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
