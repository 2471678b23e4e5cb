import type { Database } from './database.ts';
import { toJobRow, toRunRow } from './from-rows.ts';
import type { JobRow, RunRow } from './rows.ts';
import { isUuid } from './uuid.ts';

/** Jobs of a search by phase, then age. */
export async function jobsOf(db: Database, searchId: string): Promise<JobRow[]> {
  const rows = await db.prisma.job.findMany({
    where: { searchId },
    orderBy: [{ kind: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toJobRow);
}

export async function readJob(db: Database, id: string): Promise<JobRow | null> {
  const row = isUuid(id) ? await db.prisma.job.findUnique({ where: { id } }) : null;
  return row === null ? null : toJobRow(row);
}

/** Attempts at all jobs of a search, oldest first. */
export async function runsOf(db: Database, searchId: string): Promise<RunRow[]> {
  const rows = await db.prisma.run.findMany({
    where: { job: { searchId } },
    include: { trainer: { select: { name: true } } },
    orderBy: [{ startedAt: 'asc' }, { jobId: 'asc' }, { attempt: 'asc' }],
  });
  return rows.map(toRunRow);
}
