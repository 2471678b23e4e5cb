import { searchEvent } from '@blockwise/contracts';
import type { Database } from './database.ts';
import type { EventModel } from './generated/models.ts';
import type { EventRow } from './rows.ts';

/** Events of a search behind cursor `after` (0: from the first), oldest first. */
export async function readEvents(
  db: Database,
  searchId: string,
  after: number,
  limit: number,
): Promise<EventRow[]> {
  const rows = await db.prisma.event.findMany({
    where: { searchId, cursor: { gt: after } },
    orderBy: { cursor: 'asc' },
    take: limit,
  });
  return rows.map(toEventRow);
}

/** What a reader of a log wants: points and progress come by the thousand and say what rows say too. */
const told = searchEvent.options
  .map(({ shape }) => shape.kind.value)
  .filter((kind) => kind !== 'CURVE_POINTS' && kind !== 'JOB_PROGRESS');

/** The last events of a search that are neither points nor progress, newest first. */
export async function readLog(db: Database, searchId: string, limit: number): Promise<EventRow[]> {
  const rows = await db.prisma.event.findMany({
    where: { searchId, kind: { in: told } },
    orderBy: { cursor: 'desc' },
    take: limit,
  });
  return rows.map(toEventRow);
}

/** Events by search and cursor; those that there are not are missing. */
export async function readEventsAt(
  db: Database,
  keys: readonly { readonly searchId: string; readonly cursor: number }[],
): Promise<EventRow[]> {
  const rows = await db.prisma.event.findMany({
    where: { OR: keys.map(({ searchId, cursor }) => ({ searchId, cursor })) },
  });
  return rows.map(toEventRow);
}

function toEventRow({ searchId, cursor, at, kind, payload }: EventModel): EventRow {
  return { searchId, cursor, at, event: searchEvent.parse({ kind, ...(payload as object) }) };
}
