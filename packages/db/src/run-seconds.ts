import type { Database } from './database.ts';

/*
 * What things cost: seconds that slots of trainers spent on attempts that have ended, lost and
 * repeated work included. Slots that share a machine's cores each count their own time.
 */

/** Everything up to the exact search: teacher, latency table, cells, ratings, search. */
export async function searchSeconds(db: Database, searchId: string): Promise<number> {
  const [row] = await db.prisma.$queryRaw<{ seconds: number }[]>`
    SELECT coalesce(sum(extract(epoch FROM run.finished_at - run.started_at)), 0)::float8 AS seconds
    FROM run JOIN job ON job.id = run.job_id JOIN search ON search.id = job.search_id
    WHERE search.id = ${searchId}::uuid AND job.kind NOT IN ('retrain', 'cut', 'export', 'verify', 'maps')
      -- Not what was measured for it later.
      AND job.created_at <= coalesce(search.finished_at, 'infinity')`;
  return row?.seconds ?? 0;
}

/** Mean over the trainings of an audit that worked; null when none has yet. */
export async function meanRetrainingSeconds(db: Database, auditId: string): Promise<number | null> {
  const [row] = await db.prisma.$queryRaw<{ seconds: number | null }[]>`
    SELECT (sum(extract(epoch FROM run.finished_at - run.started_at))
      / count(DISTINCT job.id))::float8 AS seconds
    FROM run JOIN job ON job.id = run.job_id JOIN network ON network.id = job.network_id
    WHERE network.audit_id = ${auditId}::uuid AND job.kind = 'retrain' AND job.state = 'COMPLETE'`;
  return row?.seconds ?? null;
}

/**
 * Everything for a search up to an instant, attempts under way at it counted up to then: what it took
 * to get there. Not what only measures or takes out: audits, verifications, exports.
 */
export async function secondsUntil(db: Database, searchId: string, at: Date): Promise<number> {
  const [row] = await db.prisma.$queryRaw<{ seconds: number }[]>`
    SELECT coalesce(
      sum(extract(epoch FROM least(coalesce(run.finished_at, ${at}), ${at}) - run.started_at)), 0
    )::float8 AS seconds
    FROM run JOIN job ON job.id = run.job_id LEFT JOIN network ON network.id = job.network_id
    WHERE job.search_id = ${searchId}::uuid AND job.kind NOT IN ('export', 'verify', 'maps')
      AND network.audit_id IS NULL AND run.started_at < ${at}`;
  return row?.seconds ?? 0;
}
