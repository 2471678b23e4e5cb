import type { Phase } from '@blockwise/contracts';
import type { Database } from './database.ts';

/** An attempt that did a whole job, and what it took. */
export interface FinishedRun {
  readonly jobId: string;
  readonly kind: Phase;
  readonly engine: string;
  readonly searchId: string;
  readonly cellId: string | null;
  readonly networkId: string | null;
  readonly retrainingId: string | null;
  readonly latencyTableId: string | null;
  readonly seconds: number;
  /** Of them spent running the teacher for its features, and for how many images. */
  readonly featureSeconds: number;
  readonly featureMisses: number;
}

/**
 * The last attempts of every kind of job that worked from beginning to end.
 *
 * @param perKind at most so many of each
 */
export async function lastFinishedRuns(db: Database, perKind: number): Promise<FinishedRun[]> {
  return db.prisma.$queryRaw<FinishedRun[]>`
    SELECT last.* FROM unnest(enum_range(NULL::phase)) AS of (kind) CROSS JOIN LATERAL (
      SELECT job.id AS "jobId", job.kind::text AS kind, run.engine, job.search_id AS "searchId",
        job.cell_id AS "cellId", job.network_id AS "networkId", job.retraining_id AS "retrainingId",
        job.latency_table_id AS "latencyTableId",
        extract(epoch FROM run.finished_at - run.started_at)::float8 AS seconds,
        coalesce(run.feature_seconds, 0)::float8 AS "featureSeconds",
        coalesce(run.feature_misses, 0)::float8 AS "featureMisses"
      FROM job JOIN run ON run.job_id = job.id AND run.attempt = job.attempt
      WHERE job.kind = of.kind AND job.state = 'COMPLETE' AND job.finished_at IS NOT NULL
        AND run.state = 'COMPLETE' AND run.resumed_from_step IS NULL
        AND run.finished_at > run.started_at
      ORDER BY job.finished_at DESC LIMIT ${perKind}::int
    ) AS last`;
}
