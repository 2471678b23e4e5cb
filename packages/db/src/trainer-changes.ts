import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { checkFirst, decodeCursor, encodeCursor } from './page.ts';
import { type Repeated, repeat } from './repeat.ts';
import type { TrainerRow } from './rows.ts';
import { lostBefore, readTrainers } from './trainers.ts';

/** Trainers that have changed since a cursor, as they are now, and the cursor to go on from. */
export interface TrainerChanges {
  readonly trainers: readonly TrainerRow[];
  readonly cursor: string;
}

const order = 'trainers changed';

/**
 * Where a reader stands. It has all that `since` shows, a snapshot of Postgres ("" for nothing at
 * all). When one page was not enough for what came after, `until` is the snapshot of its first page
 * and `lastId` the last trainer of the page before.
 */
interface Position {
  readonly since: string;
  readonly until: string;
  readonly lastId: string;
}

/**
 * Trainers that have appeared or changed (name, engine, device, state, jobs) since a cursor, each
 * once however often it did; all there are without one. Whatever was committed in whatever order is
 * found, because the cursor holds which transactions its reader has seen. A trainer that changes
 * while a reader goes from page to page may come twice.
 *
 * @param first trainers at most, 1 to 1000
 * @throws DomainError BAD_INPUT, path ['first'] or ['after']
 */
export async function readTrainerChanges(
  db: Database,
  after: string | undefined,
  first: number,
): Promise<TrainerChanges> {
  const position = positionOf(after);
  const limit = checkFirst(first) + 1;
  const [found] = await db.prisma.$queryRaw<{ snapshot: string; ids: string[] }[]>`
    SELECT pg_current_snapshot()::text AS snapshot, ARRAY(
      SELECT id FROM (${changedSince(position.since)}) AS changed
      WHERE id > ${position.lastId} ORDER BY id LIMIT ${limit}
    ) AS ids`;
  const { snapshot = '', ids = [] } = found ?? {};
  const page = ids.slice(0, first);
  if (page.length === 0 && after !== undefined && position.lastId === '') {
    return { trainers: [], cursor: after };
  }
  const until = position.lastId === '' ? snapshot : position.until;
  const next =
    ids.length > first
      ? { since: position.since, until, lastId: page.at(-1) ?? '' }
      : { since: until, until: '', lastId: '' };
  const rows = new Map((await readTrainers(db, page)).map((row) => [row.id, row]));
  return { trainers: page.flatMap((id) => rows.get(id) ?? []), cursor: cursorOf(next) };
}

/** @throws DomainError BAD_INPUT, path ['after'], for what is no cursor of {@link readTrainerChanges} */
export function checkTrainerCursor(after: string | undefined): void {
  positionOf(after);
}

/**
 * Notes of trainers that have been silent for too long that they are lost, so that readers are told.
 * Each silence is noted once, whoever looks.
 */
export async function noteLostTrainers(db: Database): Promise<number> {
  const { count } = await db.prisma.trainer.updateMany({
    where: { lost: false, lastSeen: { lt: lostBefore() } },
    data: { lost: true },
  });
  return count;
}

/** Calls {@link noteLostTrainers} again and again. */
export function watchLostTrainers(
  db: Database,
  options: { readonly everySeconds: number; readonly onError: (error: unknown) => void },
): Repeated {
  return repeat(() => noteLostTrainers(db), options);
}

/**
 * Ids of trainers that themselves or whose runs were changed by transactions that a snapshot does not
 * show. One from another server (a restored backup counts its transactions anew) has a future that
 * has not been yet, and shows nothing.
 */
function changedSince(snapshot: string): Prisma.Sql {
  if (snapshot === '') return Prisma.sql`SELECT id FROM trainer`;
  const isNews = Prisma.sql`
    changed_in >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
    AND changed_in < pg_snapshot_xmax(pg_current_snapshot())
    AND NOT pg_visible_in_snapshot(changed_in, ${snapshot}::pg_snapshot)`;
  return Prisma.sql`
    SELECT id FROM trainer WHERE ${isNews}
    UNION SELECT trainer_id FROM run WHERE ${isNews}
    UNION SELECT id FROM trainer
    WHERE pg_snapshot_xmax(${snapshot}::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot())`;
}

function cursorOf({ since, until, lastId }: Position): string {
  return encodeCursor(order, [`${since}/${until}`, lastId]);
}

function positionOf(after: string | undefined): Position {
  const key = decodeCursor(order, after, isPosition);
  const [since = '', until = ''] = (key?.[0] ?? '/').split('/');
  return { since, until, lastId: key?.[1] ?? '' };
}

function isPosition(key: readonly unknown[]): key is [snapshots: string, lastId: string] {
  const [snapshots, lastId] = key;
  if (key.length !== 2 || typeof snapshots !== 'string' || typeof lastId !== 'string') return false;
  const parts = snapshots.split('/');
  return parts.length === 2 && parts.every(isSnapshotOrNone) && !lastId.includes('\0');
}

/** As Postgres writes them: `xmin:xmax:` and, in order, those between the two that were under way. */
function isSnapshotOrNone(text: string): boolean {
  if (text === '') return true;
  const match = /^(\d{1,19}):(\d{1,19}):((?:\d{1,19}(?:,\d{1,19})*)?)$/.exec(text);
  if (match === null) return false;
  const [xmin, xmax] = [BigInt(match[1] ?? ''), BigInt(match[2] ?? '')];
  const between = (match[3] ?? '').split(',').filter(Boolean).map(BigInt);
  return (
    xmin > 0n &&
    xmin <= xmax &&
    between.every((id, i) => id >= (between[i - 1] ?? xmin) && id < xmax)
  );
}
