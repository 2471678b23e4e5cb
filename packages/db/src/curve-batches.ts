import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { CurveColumns } from './sample-curve.ts';

/** A run of points of one curve, in the order of steps. */
export interface CurvePiece extends CurveColumns {
  readonly key: string;
}

/** Pieces that one query looks at: they are counted before their points are read. */
const maxPieces = 1000;

/**
 * All points of a job by key, then step, about `size` of them at a time: each query begins behind the
 * last piece of the one before, so that nothing is held open between them. A single piece is never
 * split, however long it is.
 *
 * @param keys null for all that the job has
 */
export async function* curveBatches(
  db: Database,
  jobId: string,
  keys: readonly string[] | null,
  size = 50_000,
): AsyncGenerator<CurvePiece[]> {
  let after: { readonly key: string; readonly firstStep: number } | null = null;
  for (;;) {
    const rest: Prisma.Sql =
      after === null
        ? Prisma.empty
        : Prisma.sql`AND (key, first_step) > (${after.key}, ${after.firstStep})`;
    const wanted = keys === null ? Prisma.empty : Prisma.sql`AND key = ANY(${[...keys]})`;
    const pieces: (CurvePiece & { firstStep: number })[] = await db.prisma.$queryRaw`
      SELECT key, first_step AS "firstStep", steps, values, wall_times AS "wallTimes"
      FROM (
        SELECT *, sum(cardinality(steps)) OVER (ORDER BY key, first_step) - cardinality(steps) AS before
        FROM (
          SELECT * FROM curve_chunk WHERE job_id = ${jobId}::uuid ${wanted} ${rest}
          ORDER BY key, first_step LIMIT ${maxPieces}
        ) AS piece
      ) AS counted
      WHERE before < ${size} ORDER BY key, first_step`;
    const last = pieces.at(-1);
    if (last === undefined) return;
    yield pieces;
    after = last;
  }
}
