import { type Reader, readableSql } from './accounts/readable.ts';
import type { Database } from './database.ts';
import { toTeacherRow } from './from-rows.ts';
import { Prisma } from './generated/client.ts';
import { allOf, countOf, type Direction, type Order, pageOfIds, pageOfRows } from './keys.ts';
import { guardedInSearch } from './list-searches.ts';
import type { Page, PageRequest } from './page.ts';
import type { TeacherKind, TeacherRow } from './rows.ts';

export interface TeacherFilter {
  readonly teamIds?: readonly string[] | null | undefined;
  readonly kind?: TeacherKind | null | undefined;
  readonly architecture?: string | null | undefined;
}

export type TeacherOrderField = 'CREATED_AT' | 'TOP1' | 'PARAMS' | 'MACS';

export interface ListTeachers extends PageRequest {
  /** Only what this reader may see. */
  readonly reader: Reader;
  readonly filter?: TeacherFilter;
  readonly orderBy?: { readonly field: TeacherOrderField; readonly direction?: Direction | null };
}

/** Teachers of all searches, that of the newest search first if nothing else is asked for. */
export async function listTeachers(
  db: Database,
  { reader, filter, orderBy, first, after }: ListTeachers,
): Promise<Page<TeacherRow>> {
  const field = orderBy?.field ?? 'CREATED_AT';
  const page = await pageOfIds(db, {
    name: `teachers ${field}`,
    order: orders[field],
    direction: orderBy?.direction,
    from,
    where: whereOf(reader, filter),
    id: Prisma.sql`s.id`,
    ...{ first, after },
  });
  const ids = page.edges.map(({ node }) => node);
  const rows = await db.prisma.teacher.findMany({ where: { searchId: { in: ids } } });
  return pageOfRows(page, rows.map(toTeacherRow), ({ searchId }) => searchId);
}

export async function countTeachers(
  db: Database,
  { reader, filter }: Pick<ListTeachers, 'reader' | 'filter'>,
): Promise<number> {
  return countOf(db, { from, where: whereOf(reader, filter) });
}

const from = Prisma.sql`teacher t JOIN search s ON s.id = t.search_id`;

const orders: Record<TeacherOrderField, Order> = {
  CREATED_AT: { value: Prisma.sql`s.created_at`, type: 'time', direction: 'DESC' },
  TOP1: { value: Prisma.sql`t.top1`, type: 'number', direction: 'DESC', isNullable: true },
  // Exact below 2^53, as the costs themselves are shown.
  PARAMS: { value: Prisma.sql`t.params::float8`, type: 'number', direction: 'ASC' },
  MACS: { value: Prisma.sql`t.macs::float8`, type: 'number', direction: 'ASC', isNullable: true },
};

function whereOf(reader: Reader, filter: TeacherFilter = {}): Prisma.Sql {
  const { teamIds, kind, architecture } = filter;
  return allOf([
    readableSql(reader, guardedInSearch(Prisma.sql`t.visibility`)),
    teamIds ? Prisma.sql`s.team_id = ANY(${[...teamIds]}::uuid[])` : null,
    kind ? Prisma.sql`t.kind = ${kind}` : null,
    architecture ? Prisma.sql`t.architecture = ${architecture}` : null,
  ]);
}
