import { appendedEvents } from '../search-transaction.ts';
import type { CurvePoints } from './attempt.ts';
import type { AttemptContext } from './context.ts';

/**
 * Writes a batch of which nothing is stored yet, as nearly every batch is: in one statement, so that
 * the search's row is held for that and the commit, and not while client and server talk.
 *
 * Answers false, with nothing written, when it is not that simple: points were stored before, the
 * attempt may not write, or another write to the job came in between. A statement sees what was
 * there when it began and not what it waited for; so the job's row must still be the version that it
 * saw then, since whoever writes curves also writes that row.
 */
export async function writeNewCurves(
  { db, searchId, jobId, attempt }: AttemptContext,
  curves: readonly CurvePoints[],
): Promise<boolean> {
  const filled = curves.filter(({ steps }) => steps.length > 0);
  const keys = filled.map(({ key }) => key);
  if (filled.length === 0 || new Set(keys).size < keys.length) {
    return false;
  }
  const now = new Date();
  const firstSteps = filled.map(({ steps }) => steps[0] ?? 0);
  const counts = filled.map(({ steps }) => steps.length);
  const events = filled.map(({ key, steps, values }) => ({
    ...{ kind: 'CURVE_POINTS' as const, jobId, key, steps: [...steps], values: [...values] },
  }));
  const written = await db.prisma.$queryRaw<unknown[]>`
    WITH new AS (
      SELECT key, first_step, count, sum(count) OVER (ORDER BY nr)::int AS until
      FROM unnest(${keys}::text[], ${firstSteps}::int[], ${counts}::int[])
        WITH ORDINALITY AS new (key, first_step, count, nr)
    ), locked AS MATERIALIZED (
      SELECT id FROM search WHERE id = ${searchId}::uuid FOR NO KEY UPDATE
    ), held AS (
      UPDATE job SET progress_at = ${now}::timestamptz
      FROM locked
      WHERE job.id = ${jobId}::uuid AND job.search_id = locked.id
        AND job.attempt = ${attempt}::int AND job.state = 'RUNNING'
        AND job.xmin = (SELECT seen.xmin FROM job AS seen WHERE seen.id = ${jobId}::uuid)
        AND NOT EXISTS (
          SELECT FROM new, LATERAL (
            SELECT last_step FROM curve_chunk AS stored
            WHERE stored.job_id = ${jobId}::uuid AND stored.key = new.key
            ORDER BY stored.first_step DESC LIMIT 1
          ) AS last
          WHERE last.last_step >= new.first_step)
      RETURNING job.id AS job_id, job.search_id
    ), chunks AS (
      INSERT INTO curve_chunk (job_id, key, first_step, last_step, steps, values, wall_times)
      SELECT held.job_id, key, first_step, steps[until],
        steps[until - count + 1:until], values[until - count + 1:until],
        wall_times[until - count + 1:until]
      FROM held, new, (SELECT ${joined(filled, 'steps')}::int[] AS steps,
        ${joined(filled, 'values')}::float8[] AS values,
        ${joined(filled, 'wallTimes')}::float8[] AS wall_times) AS columns
    ), ${appendedEvents(events, now)}`;
  return written.length > 0;
}

/** One column of all curves as Postgres writes an array, which it reads before it takes a lock. */
function joined(curves: readonly CurvePoints[], column: 'steps' | 'values' | 'wallTimes'): string {
  return `{${curves.map((curve) => curve[column].join(',')).join(',')}}`;
}
