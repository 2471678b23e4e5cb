import type { Database } from './database.ts';
import { toNetworkRow, toRetrainingRow } from './from-network-rows.ts';
import type { NetworkOrigin, NetworkRow, RetrainingRow } from './rows.ts';
import { isUuid } from './uuid.ts';

/**
 * Networks of a search of one origin: SOLVED ones the best by predicted loss first, the others in
 * the order in which they were asked for, together ones by macs.
 */
export async function networksOf(
  db: Database,
  searchId: string,
  origin: NetworkOrigin = 'SOLVED',
): Promise<NetworkRow[]> {
  const rows = await db.prisma.network.findMany({
    where: { searchId, origin },
    orderBy: [...networkOrder],
  });
  return rows.map(toNetworkRow);
}

export const networkOrder = [
  { rank: 'asc' },
  { createdAt: 'asc' },
  { macs: 'asc' },
  { id: 'asc' },
] as const;

export async function readNetwork(db: Database, id: string): Promise<NetworkRow | null> {
  const row = isUuid(id) ? await db.prisma.network.findUnique({ where: { id } }) : null;
  return row === null ? null : toNetworkRow(row);
}

/** Trainings of a network in the order of their seeds. */
export async function retrainingsOf(db: Database, networkId: string): Promise<RetrainingRow[]> {
  const rows = await db.prisma.retraining.findMany({
    where: { networkId },
    orderBy: { position: 'asc' },
  });
  return rows.map(toRetrainingRow);
}

export async function readRetraining(db: Database, id: string): Promise<RetrainingRow | null> {
  const row = isUuid(id) ? await db.prisma.retraining.findUnique({ where: { id } }) : null;
  return row === null ? null : toRetrainingRow(row);
}
