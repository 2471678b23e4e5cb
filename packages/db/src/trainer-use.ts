import type { Database } from './database.ts';

/** What slots of trainers spent on a team's jobs in one part of a time, seconds. */
export interface TrainerUse {
  readonly teamId: string;
  /** Of the part, from 0. */
  readonly part: number;
  readonly seconds: number;
  /** Those of them on a GPU. */
  readonly gpuSeconds: number;
}

/**
 * What trainers did for teams between moments: of every attempt what lies in each part, lost and
 * repeated work included, those under way counted up to now. Parts without any are left out.
 *
 * @param bounds where parts begin and end, ascending
 * @param teamIds of whom; all teams when null
 */
export async function trainerUse(
  db: Database,
  bounds: readonly Date[],
  teamIds: readonly string[] | null,
): Promise<TrainerUse[]> {
  const starts = bounds.slice(0, -1);
  const ends = bounds.slice(1);
  const [first, last] = [starts[0], ends.at(-1)];
  if (first === undefined || last === undefined) return [];
  return db.prisma.$queryRaw<TrainerUse[]>`
    WITH attempt AS (
      SELECT search.team_id, run.on_gpu, run.started_at,
        coalesce(run.finished_at, now()) AS finished_at
      FROM run JOIN job ON job.id = run.job_id JOIN search ON search.id = job.search_id
      WHERE run.started_at < ${last} AND (run.finished_at > ${first} OR run.finished_at IS NULL)
        AND (${teamIds === null} OR search.team_id = ANY(${[...(teamIds ?? [])]}::uuid[]))
    ), spent AS (
      SELECT attempt.team_id, attempt.on_gpu, part.number - 1 AS part,
        extract(epoch FROM least(attempt.finished_at, part.ends) - greatest(attempt.started_at, part.starts))
          AS seconds
      FROM unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) WITH ORDINALITY
        AS part (starts, ends, number)
      JOIN attempt ON attempt.started_at < part.ends AND attempt.finished_at > part.starts
    )
    SELECT team_id AS "teamId", part::int, sum(seconds)::float8 AS seconds,
      coalesce(sum(seconds) FILTER (WHERE on_gpu), 0)::float8 AS "gpuSeconds"
    FROM spent GROUP BY team_id, part ORDER BY team_id, part`;
}
