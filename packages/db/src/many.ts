import type { Database } from './database.ts';
import { toAuditRow, toNetworkRow, toRetrainingRow, toStoredCosts } from './from-network-rows.ts';
import { toJobRow, toRunRow } from './from-rows.ts';
import type { CandidateModel } from './generated/models.ts';
import { networkOrder } from './networks.ts';
import type {
  AuditRow,
  CandidateRow,
  CellRow,
  JobRow,
  NetworkOrigin,
  NetworkRow,
  RetrainingRow,
  RunRow,
} from './rows.ts';

/*
 * Reads for many owners in one query each: who shows a list of searches with their cells, jobs and
 * networks asks once for all of them. Ids are those of rows.
 */

/** Cells of searches by block, then position. */
export async function cellsOfMany(db: Database, searchIds: readonly string[]): Promise<CellRow[]> {
  return db.prisma.cell.findMany({
    where: { searchId: { in: [...searchIds] } },
    orderBy: [{ block: 'asc' }, { index: 'asc' }],
  });
}

/** Jobs of searches by phase, then age. */
export async function jobsOfMany(db: Database, searchIds: readonly string[]): Promise<JobRow[]> {
  const rows = await db.prisma.job.findMany({
    where: { searchId: { in: [...searchIds] } },
    orderBy: [{ kind: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toJobRow);
}

/** Networks of searches of one origin, in the order of `networksOf`. */
export async function networksOfMany(
  db: Database,
  searchIds: readonly string[],
  origin: NetworkOrigin = 'SOLVED',
): Promise<NetworkRow[]> {
  const rows = await db.prisma.network.findMany({
    where: { searchId: { in: [...searchIds] }, origin },
    orderBy: [...networkOrder],
  });
  return rows.map(toNetworkRow);
}

/** Networks of audits, the fewest macs first. */
export async function networksOfAudits(
  db: Database,
  auditIds: readonly string[],
): Promise<NetworkRow[]> {
  const rows = await db.prisma.network.findMany({
    where: { auditId: { in: [...auditIds] } },
    orderBy: [{ macs: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toNetworkRow);
}

/** Trainings of networks in the order of their seeds. */
export async function retrainingsOfMany(
  db: Database,
  networkIds: readonly string[],
): Promise<RetrainingRow[]> {
  const rows = await db.prisma.retraining.findMany({
    where: { networkId: { in: [...networkIds] } },
    orderBy: { position: 'asc' },
  });
  return rows.map(toRetrainingRow);
}

/** Audits of searches, oldest first. */
export async function auditsOfMany(
  db: Database,
  searchIds: readonly string[],
): Promise<AuditRow[]> {
  const rows = await db.prisma.audit.findMany({
    where: { searchId: { in: [...searchIds] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toAuditRow);
}

/** Attempts at jobs, oldest first. */
export async function runsOfMany(db: Database, jobIds: readonly string[]): Promise<RunRow[]> {
  const rows = await db.prisma.run.findMany({
    where: { jobId: { in: [...jobIds] } },
    include: { trainer: { select: { name: true } } },
    orderBy: { attempt: 'asc' },
  });
  return rows.map(toRunRow);
}

/** Keys for which jobs have points, by name. */
export async function curveKeysOfMany(
  db: Database,
  jobIds: readonly string[],
): Promise<{ jobId: string; key: string }[]> {
  // Grouped by Postgres; Prisma's `distinct` would fetch every chunk.
  const rows = await db.prisma.curveChunk.groupBy({
    by: ['key', 'jobId'],
    where: { jobId: { in: [...jobIds] } },
    orderBy: { key: 'asc' },
  });
  return rows;
}

/** The best rated path of each cell that is rated. */
export async function bestCandidatesOfMany(
  db: Database,
  cellIds: readonly string[],
): Promise<CandidateRow[]> {
  // One step into the index on losses per cell; looking for rank 1 would read every candidate.
  const rows = await db.prisma.$queryRaw<CandidateModel[]>`
    SELECT best.* FROM unnest(${[...cellIds]}::uuid[]) AS wanted (id) CROSS JOIN LATERAL (
      SELECT cell_id AS "cellId", index, path, loss, error, kl, top1, params, macs,
        flops_tool AS "flopsTool", activation_bytes AS "activationBytes", rank
      FROM candidate WHERE cell_id = wanted.id ORDER BY loss, index LIMIT 1
    ) AS best`;
  return rows.map((row) => ({ ...row, ...toStoredCosts(row) }));
}
