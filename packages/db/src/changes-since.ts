import { Prisma } from './generated/client.ts';
import { decodeCursor, encodeCursor } from './page.ts';

/*
 * Rows that say in which transaction they changed last can be followed: whoever keeps a snapshot of
 * Postgres finds what was committed since, in whatever order, and no writer waits for another to count.
 */

/**
 * Where a reader stands. It has all that `since` shows, a snapshot ("" for nothing at all). When one
 * page was not enough for what came after, `until` is the snapshot of its first page and `lastId` the
 * last row of the page before.
 */
export interface Position {
  readonly since: string;
  readonly until: string;
  readonly lastId: string;
}

/**
 * @param order name of what is followed
 * @throws DomainError BAD_INPUT, path ['after'], for what is no cursor of it
 */
export function positionOf(order: string, after: string | undefined): Position {
  const key = decodeCursor(order, after, isPosition);
  const [since = '', until = ''] = (key?.[0] ?? '/').split('/');
  return { since, until, lastId: key?.[1] ?? '' };
}

/**
 * Cursor of the place behind a page.
 *
 * @param snapshot in which the page was read
 * @param lastId of the page where there is more of what has changed; else null
 */
export function cursorBehind(
  order: string,
  position: Position,
  snapshot: string,
  lastId: string | null,
): string {
  const until = position.lastId === '' ? snapshot : position.until;
  return lastId === null
    ? encodeCursor(order, [`${until}/`, ''])
    : encodeCursor(order, [`${position.since}/${until}`, lastId]);
}

/** Whether a row was changed, in transaction `changedIn`, by one that a snapshot does not show. */
export function isNews(changedIn: Prisma.Sql, snapshot: string): Prisma.Sql {
  return Prisma.sql`(${changedIn} >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
    AND ${changedIn} < pg_snapshot_xmax(pg_current_snapshot())
    AND NOT pg_visible_in_snapshot(${changedIn}, ${snapshot}::pg_snapshot))`;
}

/**
 * Whether a snapshot is from another server: a restored backup counts its transactions anew. Such a
 * one has a future that has not been yet, and shows nothing.
 */
export function isFromElsewhere(snapshot: string): Prisma.Sql {
  return Prisma.sql`pg_snapshot_xmax(${snapshot}::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot())`;
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
