import type { Phase } from '@blockwise/contracts';
import type { Database } from './database.ts';
import { lostBefore } from './trainers.ts';

/** Unfinished jobs of one kind, whosever they are. */
export interface PhaseDepth {
  readonly phase: Phase;
  /** For a trainer. */
  readonly waiting: number;
  readonly running: number;
  /** Until somebody resumes their search; no trainer takes them before. */
  readonly paused: number;
}

/** How many jobs are unfinished, by kind in the order of the phases; kinds without any are left out. */
export async function queueDepth(db: Database): Promise<PhaseDepth[]> {
  return db.prisma.$queryRaw<PhaseDepth[]>`
    SELECT job.kind::text AS phase,
      (count(*) FILTER (WHERE job.state = 'QUEUED' AND search.state <> 'PAUSED'))::int AS waiting,
      (count(*) FILTER (WHERE job.state = 'RUNNING'))::int AS running,
      (count(*) FILTER (WHERE job.state = 'QUEUED' AND search.state = 'PAUSED'))::int AS paused
    FROM job JOIN search ON search.id = job.search_id
    WHERE job.state IN ('QUEUED', 'RUNNING') GROUP BY job.kind ORDER BY job.kind`;
}

/** How many trainers there are, by what they do. */
export interface TrainerCounts {
  readonly takingJobs: number;
  readonly draining: number;
  /** See {@link trainerCounts}. */
  readonly lost: number;
  /** Of those that take jobs: how many they can have under way, and have. */
  readonly slots: number;
  readonly busySlots: number;
}

/** For so long after a trainer fell silent somebody may wonder where it is. */
const missedDays = 1;

/**
 * Lost is a name whose trainers have all fallen silent, the last one within a day: a trainer that was
 * started anew, or drained before, is not missed.
 */
export async function trainerCounts(db: Database): Promise<TrainerCounts> {
  const since = lostBefore();
  const [row] = await db.prisma.$queryRaw<TrainerCounts[]>`
    WITH one AS (
      SELECT t.name, t.is_draining, t.slots, t.last_seen, t.last_seen >= ${since} AS here,
        (SELECT count(*) FROM run WHERE run.trainer_id = t.id AND run.state = 'RUNNING') AS busy
      FROM trainer t WHERE t.last_seen >= ${since}::timestamptz - make_interval(days => ${missedDays}::int)
    )
    SELECT (count(*) FILTER (WHERE here AND NOT is_draining))::int AS "takingJobs",
      (count(*) FILTER (WHERE here AND is_draining))::int AS draining,
      (count(DISTINCT name) FILTER (WHERE NOT here AND NOT is_draining
        AND NOT EXISTS (SELECT FROM one other WHERE other.name = one.name AND other.here)))::int AS lost,
      coalesce(sum(slots) FILTER (WHERE here AND NOT is_draining), 0)::int AS slots,
      coalesce(sum(busy) FILTER (WHERE here AND NOT is_draining), 0)::int AS "busySlots"
    FROM one`;
  return row ?? { takingJobs: 0, draining: 0, lost: 0, slots: 0, busySlots: 0 };
}
