import { searchSpec } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { readEntry } from '../leaderboard/entries.ts';

/** Whether a token holds a job now. */
export async function holdsJob(db: Database, tokenId: string): Promise<boolean> {
  return (await heldJobs(db, tokenId)).length > 0;
}

/** Whether a stored file is among what the jobs that a token holds now work with. */
export async function mayReadArtifact(
  db: Database,
  tokenId: string,
  sha256: string,
): Promise<boolean> {
  for (const job of await heldJobs(db, tokenId)) {
    const { checkpointSha256, earlierCheckpointSha256 } = job;
    const checkpoints = [checkpointSha256, earlierCheckpointSha256];
    const own = [...checkpoints, job.export?.weightsSha256, job.search.teacher?.sha256];
    if (own.includes(sha256)) return true;
    if ((await db.prisma.cell.count({ where: { searchId: job.searchId, sha256 } })) > 0)
      return true;
    const entry = job.entryId === null ? null : await readEntry(db, job.entryId);
    if (entry?.trainings.some((training) => training.sha256 === sha256)) return true;
    if (job.kind === 'teacher' && (await isOrigin(db, job.search.spec, sha256))) return true;
  }
  return false;
}

async function heldJobs(db: Database, tokenId: string) {
  const runs = await db.prisma.run.findMany({
    where: { tokenId, state: 'RUNNING', job: { state: 'RUNNING' } },
    include: {
      job: {
        include: {
          export: { select: { weightsSha256: true } },
          search: { select: { spec: true, teacher: { select: { sha256: true } } } },
        },
      },
    },
  });
  return runs.filter(({ job, attempt }) => job.attempt === attempt).map(({ job }) => job);
}

/** Of a teacher that is taken over from another search, or begins as a network that one found. */
async function isOrigin(db: Database, spec: unknown, sha256: string): Promise<boolean> {
  const { teacher } = searchSpec.parse(spec);
  if (teacher.kind === 'search') {
    const { searchId } = teacher;
    return (await db.prisma.teacher.count({ where: { searchId, sha256 } })) > 0;
  }
  if (teacher.kind === 'network') {
    const { networkId } = teacher;
    return (await db.prisma.retraining.count({ where: { networkId, sha256 } })) > 0;
  }
  return false;
}
