import type { JobState } from '@blockwise/contracts';
import { type Reader, readableSql } from './accounts/readable.ts';
import type { Database } from './database.ts';
import { toNetworkRow, toRetrainingRow } from './from-network-rows.ts';
import { Prisma } from './generated/client.ts';
import { allOf, type Range, within } from './keys.ts';
import { guardedInSearch } from './list-searches.ts';
import { ownedList } from './owned-list.ts';
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

export interface NetworkFilter {
  /** Only what this reader may see. */
  readonly reader: Reader;
  readonly origin: NetworkOrigin;
  /** Of the trainings together. */
  readonly states?: readonly JobState[] | null | undefined;
  readonly loss?: Range | null | undefined;
  /** Only tested ones where it is given, as with the costs that not every network has. */
  readonly top1?: Range | null | undefined;
  readonly params?: Range | null | undefined;
  readonly macs?: Range | null | undefined;
  readonly flopsTool?: Range | null | undefined;
  readonly activationBytes?: Range | null | undefined;
  readonly latencyMs?: Range | null | undefined;
}

/** RANK: the order of {@link networksOf}. */
export type NetworkOrderField = 'RANK' | 'LOSS' | 'TOP1' | 'PARAMS' | 'MACS' | 'CREATED_AT';

/** Networks of searches. */
export const networksOfSearches = ownedList<NetworkRow, NetworkFilter, NetworkOrderField>({
  name: 'networks',
  from: Prisma.sql`network n JOIN search s ON s.id = n.search_id`,
  id: Prisma.sql`n.id`,
  owner: Prisma.sql`n.search_id`,
  usual: 'RANK',
  orders: {
    RANK: {
      ...{ value: Prisma.sql`coalesce(n.rank, 2147483647)::float8`, type: 'number' },
      // Exact below 2^53, as the costs themselves are shown.
      equals: [
        { value: Prisma.sql`n.created_at`, type: 'time' },
        { value: Prisma.sql`n.macs::float8`, type: 'number' },
      ],
      direction: 'ASC',
    },
    LOSS: { value: Prisma.sql`n.loss`, type: 'number', direction: 'ASC' },
    TOP1: { value: Prisma.sql`n.top1`, type: 'number', direction: 'DESC', isNullable: true },
    PARAMS: { value: Prisma.sql`n.params::float8`, type: 'number', direction: 'ASC' },
    MACS: { value: Prisma.sql`n.macs::float8`, type: 'number', direction: 'ASC' },
    CREATED_AT: { value: Prisma.sql`n.created_at`, type: 'time', direction: 'DESC' },
  },
  where(filter) {
    // Nobody's networks are shown to nobody.
    if (filter === undefined) return Prisma.sql`false`;
    const { reader, origin, states, ...bounds } = filter;
    return allOf([
      readableSql(reader, guardedInSearch(Prisma.sql`n.visibility`)),
      Prisma.sql`n.origin = ${origin}::network_origin`,
      states ? Prisma.sql`${trainingState} = ANY(${[...states]}::text[])` : null,
      within(Prisma.sql`n.loss`, bounds.loss),
      within(Prisma.sql`n.top1`, bounds.top1),
      within(Prisma.sql`n.params`, bounds.params),
      within(Prisma.sql`n.macs`, bounds.macs),
      within(Prisma.sql`n.flops_tool`, bounds.flopsTool),
      within(Prisma.sql`n.activation_bytes`, bounds.activationBytes),
      within(Prisma.sql`n.latency_ms`, bounds.latencyMs),
    ]);
  },
  async read(db, ids) {
    const rows = await db.prisma.network.findMany({ where: { id: { in: [...ids] } } });
    return rows.map(toNetworkRow);
  },
  idOf: ({ id }) => id,
});

/** What the trainings of a network are together: under way as long as one is, then how they ended. */
const trainingState = Prisma.sql`(
  SELECT CASE
    WHEN count(*) = 0 OR bool_and(j.state = 'QUEUED') THEN 'QUEUED'
    WHEN bool_or(j.state IN ('RUNNING', 'QUEUED')) THEN 'RUNNING'
    WHEN bool_or(j.state = 'COMPLETE') THEN 'COMPLETE'
    WHEN bool_or(j.state = 'FAILED') THEN 'FAILED'
    ELSE 'CANCELLED' END
  FROM job j WHERE j.network_id = n.id AND j.kind = 'retrain')`;

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
