import type { Database } from './database.ts';
import { toLatencyTableRow } from './from-rows.ts';
import { Prisma } from './generated/client.ts';
import { allOf } from './keys.ts';
import { ownedList } from './owned-list.ts';
import type { LatencyTableRow } from './rows.ts';
import { isUuid } from './uuid.ts';

/** Latency tables of a search, oldest first: its own, then those asked for later, measured or not. */
export async function latencyTablesOf(db: Database, searchId: string): Promise<LatencyTableRow[]> {
  const rows = await db.prisma.latencyTable.findMany({
    where: { searchId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toLatencyTableRow);
}

export interface LatencyTableFilter {
  readonly engine?: string | null | undefined;
  readonly measured?: boolean | null | undefined;
}

export type LatencyTableOrderField = 'CREATED_AT' | 'MEASURED_AT';

/** Latency tables of searches, oldest first if nothing else is asked for. */
export const latencyTablesOfSearches = ownedList<
  LatencyTableRow,
  LatencyTableFilter,
  LatencyTableOrderField
>({
  name: 'latency tables',
  from: Prisma.sql`latency_table l`,
  id: Prisma.sql`l.id`,
  owner: Prisma.sql`l.search_id`,
  usual: 'CREATED_AT',
  orders: {
    CREATED_AT: { value: Prisma.sql`l.created_at`, type: 'time', direction: 'ASC' },
    MEASURED_AT: {
      ...{ value: Prisma.sql`l.measured_at`, type: 'time', direction: 'DESC' },
      isNullable: true,
    },
  },
  where: ({ engine, measured } = {}) =>
    allOf([
      engine ? Prisma.sql`l.engine = ${engine}` : null,
      measured == null ? null : Prisma.sql`(l.measured_at IS NOT NULL) = ${measured}`,
    ]),
  async read(db, ids) {
    const rows = await db.prisma.latencyTable.findMany({ where: { id: { in: [...ids] } } });
    return rows.map(toLatencyTableRow);
  },
  idOf: ({ id }) => id,
});

export async function readLatencyTable(db: Database, id: string): Promise<LatencyTableRow | null> {
  const row = isUuid(id) ? await db.prisma.latencyTable.findUnique({ where: { id } }) : null;
  return row === null ? null : toLatencyTableRow(row);
}
