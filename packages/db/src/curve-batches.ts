import { readFloats, readInts } from './binary-array.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';

/** A run of points of one curve, in the order of steps. */
export interface CurvePiece {
  readonly key: string;
  readonly steps: Int32Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  /** Seconds since the Unix epoch. */
  readonly wallTimes: Float64Array<ArrayBuffer>;
}

interface SentPiece {
  readonly key: string;
  readonly firstStep: number;
  readonly steps: Uint8Array;
  readonly values: Uint8Array;
  readonly wallTimes: Uint8Array;
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
    const pieces: SentPiece[] = await db.prisma.$queryRaw`
      SELECT key, first_step AS "firstStep", array_send(steps) AS steps,
        array_send(values) AS values, array_send(wall_times) AS "wallTimes"
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
    yield pieces.map(({ key, steps, values, wallTimes }) => ({
      key,
      steps: readInts(steps),
      values: readFloats(values),
      wallTimes: readFloats(wallTimes),
    }));
    after = last;
  }
}
