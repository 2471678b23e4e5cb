import type { JobKind } from '@blockwise/contracts';
import type { Database } from './database.ts';
import { lostBefore } from './trainers.ts';

/** Trainers of one engine, by what they do. */
export interface EngineTrainers {
  readonly engine: string;
  readonly busy: number;
  readonly idle: number;
  readonly draining: number;
  /** Silent ones of the last day under whose name nobody else came, as `trainerCounts` has them. */
  readonly lost: number;
  /** Of those that take jobs. */
  readonly slots: number;
  readonly busySlots: number;
}

export async function trainersByEngine(db: Database): Promise<EngineTrainers[]> {
  const since = lostBefore();
  return db.prisma.$queryRaw<EngineTrainers[]>`
    WITH one AS (
      SELECT t.name, t.engine, t.is_draining, t.slots, t.last_seen >= ${since} AS here,
        (SELECT count(*) FROM run WHERE run.trainer_id = t.id AND run.state = 'RUNNING') AS busy
      FROM trainer t WHERE t.last_seen >= ${since}::timestamptz - interval '1 day'
    )
    SELECT engine,
      (count(*) FILTER (WHERE here AND NOT is_draining AND busy > 0))::int AS busy,
      (count(*) FILTER (WHERE here AND NOT is_draining AND busy = 0))::int AS idle,
      (count(*) FILTER (WHERE here AND is_draining))::int AS draining,
      (count(DISTINCT name) FILTER (WHERE NOT here AND NOT is_draining
        AND NOT EXISTS (SELECT FROM one other WHERE other.name = one.name AND other.here)))::int AS lost,
      coalesce(sum(slots) FILTER (WHERE here AND NOT is_draining), 0)::int AS slots,
      coalesce(sum(busy) FILTER (WHERE here AND NOT is_draining), 0)::int AS "busySlots"
    FROM one GROUP BY engine ORDER BY engine`;
}

/** How long jobs of one kind have been quiet. */
export interface PhaseSilence {
  readonly kind: JobKind;
  /** Of those that wait for a trainer the longest, seconds; null when none waits. */
  readonly longestWait: number | null;
  /** Of those under way the one that has said nothing for longest, seconds; null when none runs. */
  readonly longestSilence: number | null;
}

export async function phaseSilence(db: Database): Promise<PhaseSilence[]> {
  return db.prisma.$queryRaw<PhaseSilence[]>`
    SELECT job.kind::text AS kind,
      max(extract(epoch FROM now() - job.created_at))
        FILTER (WHERE job.state = 'QUEUED' AND search.state <> 'PAUSED')::float8 AS "longestWait",
      max(extract(epoch FROM now() - greatest(job.progress_at, run.started_at)))
        FILTER (WHERE job.state = 'RUNNING')::float8 AS "longestSilence"
    FROM job JOIN search ON search.id = job.search_id
      LEFT JOIN run ON run.job_id = job.id AND run.attempt = job.attempt AND run.state = 'RUNNING'
    WHERE job.state IN ('QUEUED', 'RUNNING') GROUP BY job.kind ORDER BY job.kind`;
}

/** How much is stored. */
export interface StoredAmounts {
  /** Of the whole database on the server's disk. */
  readonly databaseBytes: number;
  /** Of stored files, by what they are. */
  readonly artifacts: readonly {
    readonly kind: string;
    readonly files: number;
    readonly bytes: number;
  }[];
}

/** Reads every artifact's row: not to be asked every few seconds. */
export async function storedAmounts(db: Database): Promise<StoredAmounts> {
  const [size] = await db.prisma.$queryRaw<{ bytes: number }[]>`
    SELECT pg_database_size(current_database())::float8 AS bytes`;
  const artifacts = await db.prisma.$queryRaw<StoredAmounts['artifacts']>`
    SELECT kind, count(*)::int AS files, sum(bytes)::float8 AS bytes
    FROM artifact GROUP BY kind ORDER BY kind`;
  return { databaseBytes: size?.bytes ?? 0, artifacts };
}

/** Messages of webhooks that are still to be sent, for the first time or again. */
export async function countPendingDeliveries(db: Database): Promise<number> {
  // By the index on when they are due, which settled ones are not.
  return db.prisma.webhookDelivery.count({
    where: { nextAttemptAt: { not: null }, state: 'PENDING' },
  });
}
