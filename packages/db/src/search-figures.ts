import { type Reader, readableSql } from './accounts/readable.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { guardedInSearch } from './list-searches.ts';

/*
 * Figures that a list shows of its searches, each for all of them in one statement. Ids are those of
 * rows; a search that has no such figure is left out.
 */

/** Test accuracy of the best network that the reader may see, 0..1. */
export async function bestTop1OfSearches(
  db: Database,
  searchIds: readonly string[],
  reader: Reader,
): Promise<Map<string, number>> {
  const isSeen = readableSql(reader, guardedInSearch(Prisma.sql`n.visibility`));
  return byId(
    await db.prisma.$queryRaw<Figure[]>`
      SELECT s.id, max(n.top1) AS value FROM search s JOIN network n ON n.search_id = s.id
      WHERE s.id = ANY(${[...searchIds]}::uuid[]) AND n.top1 IS NOT NULL AND ${isSeen} GROUP BY s.id`,
  );
}

/** Seconds of all attempts at all jobs, those under way up to now; as run-seconds.ts counts them. */
export async function secondsOfSearches(
  db: Database,
  searchIds: readonly string[],
): Promise<Map<string, number>> {
  return byId(
    await db.prisma.$queryRaw<Figure[]>`
      SELECT job.search_id AS id,
        sum(extract(epoch FROM coalesce(run.finished_at, now()) - run.started_at))::float8 AS value
      FROM job JOIN run ON run.job_id = job.id
      WHERE job.search_id = ANY(${[...searchIds]}::uuid[]) GROUP BY job.search_id`,
  );
}

/** What a job counts that only looks, measures or searches; one that trains counts 1. */
const lightJob = 0.1;

/**
 * How much of its planned jobs a search has behind it, 0..1: those that train (teacher, cells,
 * networks) count ten times as much as the others; one under way counts by its own progress. Trainings
 * of networks are those that were asked for until it is known how many there are. Audits and whatever
 * else somebody asks for later do not count. 1 of what is COMPLETE; what failed or was cancelled stays
 * where it was.
 */
export async function progressOfSearches(
  db: Database,
  searchIds: readonly string[],
): Promise<Map<string, number>> {
  return byId(
    await db.prisma.$queryRaw<Figure[]>`
      SELECT s.id, CASE s.state WHEN 'COMPLETE' THEN 1 ELSE least(1, coalesce(jobs.done, 0) / (
          1 + ${lightJob}::float8 * (1 + greatest(coalesce(jobs.latency, 0),
            CASE WHEN jsonb_typeof(s.spec->'latency') = 'object' THEN 1 ELSE 0 END))
          + (1 + ${lightJob}::float8) * (SELECT count(*) FROM cell WHERE search_id = s.id)
          + CASE WHEN jobs.solved THEN jobs.trainings ELSE
              coalesce((s.spec->'retrain'->>'networks')::int, 1)
                * coalesce((s.spec->'retrain'->>'seeds')::int, 1) END
        )) END::float8 AS value
      FROM search s LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE j.kind = 'latency') AS latency,
          count(*) FILTER (WHERE j.kind = 'retrain') AS trainings,
          bool_or(j.kind = 'solve' AND j.state = 'COMPLETE') AS solved,
          sum(CASE WHEN j.kind IN ('teacher', 'distil', 'retrain') THEN 1 ELSE ${lightJob}::float8 END
            * CASE WHEN j.state = 'COMPLETE' THEN 1
                -- Reading the images comes before the work.
                WHEN j.total > 0 AND j.unit <> 'images' THEN least(1, j.done / j.total)
                ELSE 0 END) AS done
        FROM job j LEFT JOIN network n ON n.id = j.network_id
        WHERE j.search_id = s.id
          AND j.kind IN ('teacher', 'latency', 'distil', 'rate', 'solve', 'retrain')
          AND (n.id IS NULL OR n.origin = 'SOLVED')
      ) AS jobs ON true
      WHERE s.id = ANY(${[...searchIds]}::uuid[])`,
  );
}

interface Figure {
  readonly id: string;
  readonly value: number;
}

function byId(rows: readonly Figure[]): Map<string, number> {
  return new Map(rows.map(({ id, value }) => [id, value]));
}
