import type { Database } from './database.ts';
import { toLatencyTableRow } from './from-rows.ts';
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

export async function readLatencyTable(db: Database, id: string): Promise<LatencyTableRow | null> {
  const row = isUuid(id) ? await db.prisma.latencyTable.findUnique({ where: { id } }) : null;
  return row === null ? null : toLatencyTableRow(row);
}
