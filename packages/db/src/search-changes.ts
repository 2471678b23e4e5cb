import type { Reader } from './accounts/readable.ts';
import { cursorBehind, isFromElsewhere, isNews, positionOf } from './changes-since.ts';
import type { Database } from './database.ts';
import { toSearchRow } from './from-rows.ts';
import { Prisma } from './generated/client.ts';
import { isReadableSearch, matchesFilter, type SearchFilter } from './list-searches.ts';
import { checkFirst } from './page.ts';
import type { SearchRow } from './rows.ts';

/** Searches of a list that have changed since a cursor, and the cursor to go on from. */
export interface SearchChanges {
  /** As they are now. */
  readonly searches: readonly SearchRow[];
  /** Ids of those that are not in the list any more, or never were. */
  readonly gone: readonly string[];
  readonly cursor: string;
  /** Whether more has changed by now than the page holds. */
  readonly hasMore: boolean;
}

export interface ReadSearchChanges {
  /** Only what this reader may see. */
  readonly reader: Reader;
  readonly filter?: SearchFilter | undefined;
  /** Without one nothing is told but the cursor. */
  readonly after?: string | undefined;
  /** 1 to 1,000. */
  readonly first: number;
}

const order = 'searches changed';

/**
 * Searches that have appeared or changed in what a list shows since a cursor, each once however often
 * it did: name, tags, visibility, state, phase, jobs that begin or end; of RUNNING ones also progress.
 * Whatever was committed in whatever order is found. One that changes while a reader goes from page to
 * page may come twice.
 *
 * @throws DomainError BAD_INPUT, path ['first'] or ['after']
 */
export async function readSearchChanges(
  db: Database,
  { reader, filter, after, first }: ReadSearchChanges,
): Promise<SearchChanges> {
  const position = positionOf(order, after);
  const limit = checkFirst(first) + 1;
  const listed = Prisma.sql`(${isReadableSearch(reader)} AND ${matchesFilter(reader, filter)})`;
  const rows = await db.prisma.$queryRaw<
    { snapshot: string; id: string | null; listed: boolean }[]
  >`
    SELECT pg_current_snapshot()::text AS snapshot, page.id, page.listed FROM (SELECT) AS one
    LEFT JOIN LATERAL (
      SELECT s.id, ${listed} AS listed
      FROM (${changedSince(position.since)}) AS news JOIN search s ON s.id = news.id
      WHERE s.id::text > ${position.lastId}
        AND (${listed} OR news.is_hidden OR (news.is_told AND ${isReadableSearch(reader)}))
      ORDER BY s.id::text LIMIT ${limit}
    ) AS page ON true`;
  const snapshot = rows[0]?.snapshot ?? '';
  const found = rows.flatMap(({ id, listed: isListed }) => (id === null ? [] : [{ id, isListed }]));
  const page = found.slice(0, first);
  const hasMore = found.length > first;
  if (page.length === 0 && after !== undefined && position.lastId === '') {
    return { searches: [], gone: [], cursor: after, hasMore };
  }
  const ids = page.flatMap(({ id, isListed }) => (isListed ? [id] : []));
  const searches = await db.prisma.search.findMany({ where: { id: { in: ids } } });
  return {
    searches: searches.map(toSearchRow),
    gone: page.flatMap(({ id, isListed }) => (isListed ? [] : [id])),
    cursor: cursorBehind(order, position, snapshot, hasMore ? (page.at(-1)?.id ?? null) : null),
    hasMore,
  };
}

/** @throws DomainError BAD_INPUT, path ['after'], for what is no cursor of {@link readSearchChanges} */
export function checkSearchesCursor(after: string | undefined): void {
  positionOf(order, after);
}

/**
 * What transactions that a snapshot does not show have done to searches. Progress leaves no mark of its
 * own, so that it costs no write: every event of a search moves the cursor in its row, and the row's
 * version names the transaction. Looked at for RUNNING searches only.
 */
function changedSince(snapshot: string): Prisma.Sql {
  if (snapshot === '') {
    return Prisma.sql`SELECT id, false AS is_told, false AS is_hidden FROM search WHERE false`;
  }
  const marked = isNews(Prisma.sql`changed_in`, snapshot);
  const hidden = isNews(Prisma.sql`hidden_in`, snapshot);
  const moved = isNews(Prisma.sql`version.xid`, snapshot);
  return Prisma.sql`
    SELECT id, bool_or(is_told) AS is_told, bool_or(is_hidden) AS is_hidden FROM (
      SELECT id, true AS is_told, coalesce(${hidden}, false) AS is_hidden
      FROM search WHERE ${marked}
      UNION ALL
      SELECT id, false, false FROM search, LATERAL (SELECT ${versionOfRow} AS xid) AS version
      WHERE state = 'RUNNING' AND ${moved}
      UNION ALL
      SELECT id, true, false FROM search WHERE ${isFromElsewhere(snapshot)}
    ) AS each GROUP BY id`;
}

/** The transaction of a row's version, whose number Postgres keeps without its upper half. */
const versionOfRow = Prisma.sql`(
  SELECT (now.xid - ((now.xid - search.xmin::text::bigint) & 4294967295))::text::xid8
  FROM (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS xid) AS now)`;
