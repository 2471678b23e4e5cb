import type { Database } from '../database.ts';
import { lostBefore } from '../trainers.ts';
import type { WrongNow } from './settle-alerts.ts';

/**
 * Trainers that are lost: every trainer of the name has been silent for three minutes, the last one
 * within a day, and it was not drained.
 */
export async function lostTrainers(db: Database): Promise<WrongNow> {
  const since = lostBefore();
  const rows = await db.prisma.$queryRaw<{ name: string; engine: string; device: string }[]>`
    SELECT DISTINCT ON (name) name, engine, device FROM trainer AS one
    WHERE last_seen < ${since} AND last_seen >= ${since}::timestamptz - interval '1 day' AND NOT is_draining
      AND NOT EXISTS (SELECT FROM trainer other WHERE other.name = one.name AND other.last_seen >= ${since})
    ORDER BY name, last_seen DESC`;
  const event = 'TRAINER_LOST';
  return {
    event,
    wrong: rows.map(({ name, ...rest }) => ({
      subject: name,
      teamId: null,
      told: { event, state: 'BEGAN', name, ...rest },
    })),
  };
}

/** Searches with a job under way that has told nothing for so long. Of PRIVATE ones nothing is told. */
export async function stalledSearches(db: Database, seconds: number): Promise<WrongNow> {
  const rows = await db.prisma.$queryRaw<{ id: string; teamId: string; name: string }[]>`
    SELECT DISTINCT search.id, search.team_id AS "teamId", search.name
    FROM job JOIN search ON search.id = job.search_id
      JOIN run ON run.job_id = job.id AND run.attempt = job.attempt
    WHERE job.state = 'RUNNING' AND search.state <> 'PAUSED' AND search.visibility <> 'PRIVATE'
      AND greatest(job.progress_at, run.started_at) < now() - ${seconds} * interval '1 second'`;
  const event = 'SEARCH_STALLED';
  return {
    event,
    wrong: rows.map(({ id, teamId, name }) => ({
      subject: id,
      teamId,
      told: { event, state: 'BEGAN', searchId: id, name, seconds },
    })),
  };
}

/** For so long after a search has diverged it is told of, if it was not before. */
const divergedHours = 1;

/** Searches that failed because a loss was no number any more; right again when somebody retried them. */
export async function divergedSearches(db: Database): Promise<WrongNow> {
  const event = 'SEARCH_DIVERGED';
  const open = await db.prisma.alert.findMany({
    where: { kind: event },
    select: { subject: true },
  });
  const rows = await db.prisma.search.findMany({
    where: {
      state: 'FAILED',
      failureCode: 'DIVERGED',
      visibility: { not: 'PRIVATE' },
      OR: [
        { id: { in: open.map(({ subject }) => subject) } },
        { finishedAt: { gte: new Date(Date.now() - divergedHours * 3600_000) } },
      ],
    },
    select: { id: true, teamId: true, name: true, failureMessage: true },
  });
  return {
    event,
    wrong: rows.map(({ id, teamId, name, failureMessage }) => ({
      subject: id,
      teamId,
      told: { event, state: 'BEGAN', searchId: id, name, message: failureMessage ?? '' },
    })),
  };
}

/** Fewer jobs that wait are no queue worth a word. */
const leastWaiting = 20;
const waitingHours = 1;

/**
 * The queue, when at least 20 jobs wait, one of them for an hour, and within that hour as many came
 * as had waited before. Right again when fewer wait, or none of them for so long.
 */
export async function growingQueue(db: Database): Promise<WrongNow> {
  const [row] = await db.prisma.$queryRaw<{ waiting: number; old: number }[]>`
    SELECT count(*)::int AS waiting,
      (count(*) FILTER (WHERE job.created_at < now() - make_interval(hours => ${waitingHours}::int)))::int AS old
    FROM job JOIN search ON search.id = job.search_id
    WHERE job.state = 'QUEUED' AND search.state <> 'PAUSED'`;
  const { waiting = 0, old = 0 } = row ?? {};
  const isLong = waiting >= leastWaiting && old > 0;
  const event = 'QUEUE_GROWING';
  return {
    event,
    wrong:
      isLong && waiting >= 2 * old
        ? [{ subject: '', teamId: null, told: { event, state: 'BEGAN', waiting } }]
        : [],
    lasts: () => isLong,
  };
}
