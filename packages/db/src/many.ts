import type { SearchState } from '@blockwise/contracts';
import type { Database } from './database.ts';
import { toCostValues, toEntryRow, toJobRow, toNetworkRow, toRunRow } from './from-rows.ts';
import type { CandidateModel } from './generated/models.ts';
import type { CandidateRow, CellRow, EntryRow, JobRow, NetworkRow, RunRow } from './rows.ts';
import { localTeamId } from './team.ts';

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

/** Networks of searches, best by predicted loss first. */
export async function networksOfMany(
  db: Database,
  searchIds: readonly string[],
): Promise<NetworkRow[]> {
  const rows = await db.prisma.network.findMany({
    where: { searchId: { in: [...searchIds] } },
    orderBy: { rank: 'asc' },
  });
  return rows.map(toNetworkRow);
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
      SELECT cell_id AS "cellId", index, path, loss, params, macs, flops_tool AS "flopsTool", rank
      FROM candidate WHERE cell_id = wanted.id ORDER BY loss, index LIMIT 1
    ) AS best`;
  return rows.map((row) => ({ ...row, ...toCostValues(row) }));
}

export async function readEntries(db: Database, ids: readonly string[]): Promise<EntryRow[]> {
  const rows = await db.prisma.entry.findMany({ where: { id: { in: [...ids] } } });
  return rows.map(toEntryRow);
}

/** Place of entries on their team's leaderboard, in its order; 1 is the best. */
export async function ranksOfEntries(
  db: Database,
  ids: readonly string[],
): Promise<{ id: string; rank: number }[]> {
  const rows = await db.prisma.$queryRaw<{ id: string; rank: bigint }[]>`
    SELECT mine.id, (
      SELECT count(*) + 1 FROM entry AS better
      WHERE better.team_id = mine.team_id AND (better.top1, better.id) > (mine.top1, mine.id)
    ) AS rank
    FROM entry AS mine WHERE mine.id = ANY(${[...ids]}::uuid[])`;
  return rows.map(({ id, rank }) => ({ id, rank: Number(rank) }));
}

/** How many searches a team has, in one state or in all. */
export async function countSearches(
  db: Database,
  { state, teamId = localTeamId }: { state?: SearchState | undefined; teamId?: string },
): Promise<number> {
  return db.prisma.search.count({ where: { teamId, ...(state === undefined ? {} : { state }) } });
}

/** How many entries a team's leaderboard has. */
export async function countEntries(
  db: Database,
  { teamId = localTeamId }: { teamId?: string } = {},
): Promise<number> {
  return db.prisma.entry.count({ where: { teamId } });
}

export interface TeamRow {
  readonly id: string;
  readonly name: string;
}

export async function readTeams(db: Database, ids: readonly string[]): Promise<TeamRow[]> {
  return db.prisma.team.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  });
}
