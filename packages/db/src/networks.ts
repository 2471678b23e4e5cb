import type { Database } from './database.ts';
import { toNetworkRow } from './from-rows.ts';
import type { NetworkRow } from './rows.ts';
import { isUuid } from './uuid.ts';

/** The networks that the search chose to retrain, best by predicted loss first. */
export async function networksOf(db: Database, searchId: string): Promise<NetworkRow[]> {
  const rows = await db.prisma.network.findMany({ where: { searchId }, orderBy: { rank: 'asc' } });
  return rows.map(toNetworkRow);
}

export async function readNetwork(db: Database, id: string): Promise<NetworkRow | null> {
  const row = isUuid(id) ? await db.prisma.network.findUnique({ where: { id } }) : null;
  return row === null ? null : toNetworkRow(row);
}
