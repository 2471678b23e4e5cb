import type { SearchState } from '@blockwise/contracts';
import { type Reader, readableSql } from './accounts/readable.ts';
import type { Database } from './database.ts';
import { toSearchRow } from './from-rows.ts';
import { Prisma } from './generated/client.ts';
import { allOf, countOf, type Direction, type Order, pageOfIds, pageOfRows } from './keys.ts';
import type { Page, PageRequest } from './page.ts';
import type { SearchRow } from './rows.ts';

/** Every condition that is there has to hold. */
export interface SearchFilter {
  readonly teamIds?: readonly string[] | null | undefined;
  readonly states?: readonly SearchState[] | null | undefined;
  /** Part of the name, in any case. */
  readonly text?: string | null | undefined;
  /** All of them. */
  readonly tags?: readonly string[] | null | undefined;
  /** Of a data set that the reader may see. */
  readonly datasetHash?: string | null | undefined;
  /** Inclusive. */
  readonly createdAfter?: Date | null | undefined;
  /** Exclusive. */
  readonly createdBefore?: Date | null | undefined;
  /** Id of an account. */
  readonly createdBy?: string | null | undefined;
}

export type SearchOrderField = 'CREATED_AT' | 'FINISHED_AT' | 'NAME' | 'BEST_TOP1';

export interface ListSearches extends PageRequest {
  /** Only what this reader may see. */
  readonly reader: Reader;
  readonly filter?: SearchFilter;
  readonly orderBy?: { readonly field: SearchOrderField; readonly direction?: Direction | null };
}

/** Searches that the reader may see, the newest first if nothing else is asked for. */
export async function listSearches(
  db: Database,
  { reader, filter, orderBy, first, after }: ListSearches,
): Promise<Page<SearchRow>> {
  const field = orderBy?.field ?? 'CREATED_AT';
  const page = await pageOfIds(db, {
    name: `searches ${field}`,
    order: orderOf(field, reader),
    direction: orderBy?.direction,
    from,
    where: whereOf(reader, filter),
    id: Prisma.sql`s.id`,
    ...{ first, after },
  });
  const ids = page.edges.map(({ node }) => node);
  const rows = await db.prisma.search.findMany({ where: { id: { in: ids } } });
  return pageOfRows(page, rows.map(toSearchRow), ({ id }) => id);
}

/** How many of them there are. */
export async function countSearches(
  db: Database,
  { reader, filter }: Pick<ListSearches, 'reader' | 'filter'>,
): Promise<number> {
  return countOf(db, { from, where: whereOf(reader, filter) });
}

const from = Prisma.sql`search s`;

/** Columns by which what belongs to a search is guarded, where it may have a visibility of its own. */
export function guardedInSearch(own: Prisma.Sql) {
  return {
    teamId: Prisma.sql`s.team_id`,
    visibility: Prisma.sql`coalesce(${own}, s.visibility)`,
    createdById: Prisma.sql`s.created_by_id`,
  };
}

function orderOf(field: SearchOrderField, reader: Reader): Order {
  switch (field) {
    case 'CREATED_AT':
      return { value: Prisma.sql`s.created_at`, type: 'time', direction: 'DESC' };
    case 'FINISHED_AT':
      return {
        ...{ value: Prisma.sql`s.finished_at`, type: 'time', direction: 'DESC' },
        isNullable: true,
      };
    case 'NAME':
      return { value: Prisma.sql`s.name`, type: 'text', direction: 'ASC' };
    case 'BEST_TOP1': {
      // An order tells values: those of networks that the reader may not see don't count.
      const isSeen = readableSql(reader, guardedInSearch(Prisma.sql`n.visibility`));
      const value = Prisma.sql`(SELECT max(n.top1) FROM network n
        WHERE n.search_id = s.id AND ${isSeen})`;
      return { value, type: 'number', direction: 'DESC', isNullable: true };
    }
  }
}

function whereOf(reader: Reader, filter?: SearchFilter): Prisma.Sql {
  return allOf([isReadableSearch(reader), ...conditionsOf(reader, filter)]);
}

/** Whether the reader may see the search `s`. */
export function isReadableSearch(reader: Reader): Prisma.Sql {
  return readableSql(reader, {
    teamId: Prisma.sql`s.team_id`,
    visibility: Prisma.sql`s.visibility`,
    createdById: Prisma.sql`s.created_by_id`,
  });
}

/** Whether the search `s` is one of those that are asked for. */
export function matchesFilter(reader: Reader, filter?: SearchFilter): Prisma.Sql {
  return allOf(conditionsOf(reader, filter));
}

function conditionsOf(reader: Reader, filter: SearchFilter = {}): (Prisma.Sql | null)[] {
  const { teamIds, states, text, tags, datasetHash } = filter;
  const { createdAfter, createdBefore, createdBy } = filter;
  const seenDataset = readableSql(reader, guardedInSearch(Prisma.sql`d.visibility`));
  return [
    teamIds ? Prisma.sql`s.team_id = ANY(${[...teamIds]}::uuid[])` : null,
    states ? Prisma.sql`s.state::text = ANY(${[...states]}::text[])` : null,
    text ? Prisma.sql`strpos(lower(s.name), lower(${text})) > 0` : null,
    tags ? Prisma.sql`s.tags @> ${[...tags]}::text[]` : null,
    datasetHash
      ? Prisma.sql`EXISTS (SELECT FROM dataset d
          WHERE d.search_id = s.id AND d.hash = ${datasetHash} AND ${seenDataset})`
      : null,
    createdAfter ? Prisma.sql`s.created_at >= ${createdAfter}` : null,
    createdBefore ? Prisma.sql`s.created_at < ${createdBefore}` : null,
    createdBy ? Prisma.sql`s.created_by_id = ${createdBy}::uuid` : null,
  ];
}
