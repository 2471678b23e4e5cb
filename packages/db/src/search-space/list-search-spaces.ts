import { type Reader, readableSql } from '../accounts/readable.ts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { allOf, countOf, type Direction, type Order, pageOfIds, pageOfRows } from '../keys.ts';
import type { Page, PageRequest } from '../page.ts';
import { readSearchSpaces, type SearchSpaceRow } from './search-spaces.ts';

export interface SearchSpaceFilter {
  readonly teamIds?: readonly string[] | null | undefined;
  /** Part of the name, in any case. */
  readonly text?: string | null | undefined;
}

export type SearchSpaceOrderField = 'CREATED_AT' | 'NAME';

export interface ListSearchSpaces extends PageRequest {
  /** Only what this reader may see. */
  readonly reader: Reader;
  readonly filter?: SearchSpaceFilter;
  readonly orderBy?: {
    readonly field: SearchSpaceOrderField;
    readonly direction?: Direction | null;
  };
}

/** Saved spaces of all teams, by name if nothing else is asked for. */
export async function listSearchSpaces(
  db: Database,
  { reader, filter, orderBy, first, after }: ListSearchSpaces,
): Promise<Page<SearchSpaceRow>> {
  const field = orderBy?.field ?? 'NAME';
  const page = await pageOfIds(db, {
    name: `searchSpaces ${field}`,
    order: orders[field],
    direction: orderBy?.direction,
    from,
    where: whereOf(reader, filter),
    id: Prisma.sql`p.id`,
    ...{ first, after },
  });
  const rows = await readSearchSpaces(
    db,
    page.edges.map(({ node }) => node),
  );
  return pageOfRows(page, rows, ({ id }) => id);
}

export async function countSearchSpaces(
  db: Database,
  { reader, filter }: Pick<ListSearchSpaces, 'reader' | 'filter'>,
): Promise<number> {
  return countOf(db, { from, where: whereOf(reader, filter) });
}

const from = Prisma.sql`search_space p`;

const orders: Record<SearchSpaceOrderField, Order> = {
  CREATED_AT: { value: Prisma.sql`p.created_at`, type: 'time', direction: 'DESC' },
  NAME: { value: Prisma.sql`p.name`, type: 'text', direction: 'ASC' },
};

function whereOf(reader: Reader, { teamIds, text }: SearchSpaceFilter = {}): Prisma.Sql {
  const guard = {
    teamId: Prisma.sql`p.team_id`,
    visibility: Prisma.sql`p.visibility`,
    createdById: Prisma.sql`p.created_by_id`,
  };
  return allOf([
    readableSql(reader, guard),
    teamIds ? Prisma.sql`p.team_id = ANY(${[...teamIds]}::uuid[])` : null,
    text ? Prisma.sql`strpos(lower(p.name), lower(${text})) > 0` : null,
  ]);
}
