import { type Reader, readableSql } from './accounts/readable.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { allOf, countOf, type Direction, type Order, pageOfIds, pageOfRows } from './keys.ts';
import { guardedInSearch } from './list-searches.ts';
import type { Page, PageRequest } from './page.ts';
import type { DatasetRow } from './rows.ts';
import { datasetsOfMany } from './searches.ts';

export interface DatasetFilter {
  readonly teamIds?: readonly string[] | null | undefined;
  readonly hash?: string | null | undefined;
  readonly kind?: string | null | undefined;
}

export type DatasetOrderField = 'CREATED_AT' | 'TRAIN_COUNT' | 'SIZE';

export interface ListDatasets extends PageRequest {
  /** Only what this reader may see. */
  readonly reader: Reader;
  readonly filter?: DatasetFilter;
  readonly orderBy?: { readonly field: DatasetOrderField; readonly direction?: Direction | null };
}

/** Data sets of all searches, that of the newest search first if nothing else is asked for. */
export async function listDatasets(
  db: Database,
  { reader, filter, orderBy, first, after }: ListDatasets,
): Promise<Page<DatasetRow>> {
  const field = orderBy?.field ?? 'CREATED_AT';
  const page = await pageOfIds(db, {
    name: `datasets ${field}`,
    order: orders[field],
    direction: orderBy?.direction,
    from,
    where: whereOf(reader, filter),
    id: Prisma.sql`s.id`,
    ...{ first, after },
  });
  const rows = await datasetsOfMany(
    db,
    page.edges.map(({ node }) => node),
  );
  return pageOfRows(page, rows, ({ searchId }) => searchId);
}

export async function countDatasets(
  db: Database,
  { reader, filter }: Pick<ListDatasets, 'reader' | 'filter'>,
): Promise<number> {
  return countOf(db, { from, where: whereOf(reader, filter) });
}

const from = Prisma.sql`dataset d JOIN search s ON s.id = d.search_id`;

const orders: Record<DatasetOrderField, Order> = {
  CREATED_AT: { value: Prisma.sql`s.created_at`, type: 'time', direction: 'DESC' },
  TRAIN_COUNT: { value: Prisma.sql`d.train_count`, type: 'number', direction: 'DESC' },
  SIZE: { value: Prisma.sql`d.size`, type: 'number', direction: 'DESC' },
};

function whereOf(reader: Reader, { teamIds, hash, kind }: DatasetFilter = {}): Prisma.Sql {
  return allOf([
    readableSql(reader, guardedInSearch(Prisma.sql`d.visibility`)),
    teamIds ? Prisma.sql`s.team_id = ANY(${[...teamIds]}::uuid[])` : null,
    hash ? Prisma.sql`d.hash = ${hash}` : null,
    kind ? Prisma.sql`d.kind = ${kind}` : null,
  ]);
}
