import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';

/** Whoever has a failed search tried again after this time has its jobs begin again. */
export const failedSearchDays = 30;

/** Every reference to a stored file that has a row. */
const references = Prisma.sql`
  SELECT sha256 FROM teacher
  UNION ALL SELECT sha256 FROM cell
  UNION ALL SELECT sha256 FROM network
  UNION ALL SELECT cut_sha256 FROM network
  UNION ALL SELECT sha256 FROM retraining
  UNION ALL SELECT weights_sha256 FROM export
  UNION ALL SELECT sha256 FROM export_file
  UNION ALL SELECT samples_sha256 FROM dataset
  UNION ALL SELECT sha256 FROM feature_maps
  UNION ALL SELECT checkpoint_sha256 FROM job
  UNION ALL SELECT earlier_checkpoint_sha256 FROM job
  UNION ALL SELECT training ->> 'sha256' FROM entry, jsonb_array_elements(entry.trainings) AS training`;

/**
 * Forgets checkpoints that nobody goes on from: of jobs that are complete or will not be tried again,
 * because their search is over or failed long ago. Answers of how many jobs.
 */
export async function dropCheckpoints(db: Database, before: Date): Promise<number> {
  const failedBefore = new Date(Date.now() - failedSearchDays * 86_400_000);
  return unhurried(
    db,
    Prisma.sql`
    UPDATE job SET checkpoint_sha256 = NULL, checkpoint_step = NULL,
      earlier_checkpoint_sha256 = NULL, earlier_checkpoint_step = NULL
    FROM search
    WHERE search.id = job.search_id AND job.checkpoint_sha256 IS NOT NULL
      AND job.finished_at < ${before}
      AND (job.state = 'COMPLETE'
        OR job.state IN ('FAILED', 'CANCELLED')
          AND (search.state IN ('COMPLETE', 'CANCELLED')
            OR search.state = 'FAILED' AND search.finished_at < ${failedBefore}))`,
  );
}

/** Forgets that tokens have stored files; what they have named has a row by now. Answers how many. */
export async function forgetUploads(db: Database, before: Date): Promise<number> {
  return unhurried(db, Prisma.sql`DELETE FROM upload WHERE created_at < ${before}`);
}

/**
 * Deletes rows of files that nothing refers to. Whoever names a file in the meantime has written its
 * row again before, so that it is no longer old. Answers how many.
 */
export async function forgetFiles(db: Database, before: Date): Promise<number> {
  return unhurried(
    db,
    Prisma.sql`
    WITH needed AS MATERIALIZED (${references})
    DELETE FROM artifact WHERE stored_at < ${before}
      AND NOT EXISTS (SELECT FROM needed WHERE needed.sha256 = artifact.sha256)`,
  );
}

/** Runs a statement that may look at every row there is: longer than a request may take. */
async function unhurried(db: Database, statement: Prisma.Sql): Promise<number> {
  return db.prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
      return tx.$executeRaw(statement);
    },
    { timeout: 3_600_000 },
  );
}

/** Those of the files that no row knows: neither as a file nor as an upload nor as an entry's weights. */
export async function withoutRow(db: Database, sha256s: readonly string[]): Promise<string[]> {
  if (sha256s.length === 0) return [];
  const rows = await db.prisma.$queryRaw<{ sha256: string }[]>`
    SELECT file.sha256 FROM unnest(${[...sha256s]}::text[]) AS file (sha256)
    WHERE NOT EXISTS (SELECT FROM artifact WHERE artifact.sha256 = file.sha256)
      AND NOT EXISTS (SELECT FROM upload WHERE upload.sha256 = file.sha256)
      AND NOT EXISTS (SELECT FROM entry
        WHERE entry.trainings @> jsonb_build_array(jsonb_build_object('sha256', file.sha256)))`;
  return rows.map(({ sha256 }) => sha256);
}
