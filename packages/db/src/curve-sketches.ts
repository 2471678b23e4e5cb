import { copyRows } from './copy-rows.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { type CurveColumns, sampleCurve } from './sample-curve.ts';
import { curveColumns, curveName, readWholeWithin } from './whole-curves.ts';

/** Points of a sketch at most: what `curves` answers unless told otherwise. */
export const sketchedPoints = 2000;

/**
 * Keeps the thinned form of a finished job's long curves, the same points that `sampleCurve` gives: a
 * finished job gets no more of them, and many of its curves are looked at again and again.
 */
export async function sketchCurves(tx: Prisma.TransactionClient, jobId: string): Promise<void> {
  const long = await tx.$queryRaw<{ key: string }[]>`
    SELECT key FROM curve_chunk WHERE job_id = ${jobId}::uuid
    GROUP BY key HAVING sum(cardinality(steps)) > ${sketchedPoints}`;
  if (long.length === 0) {
    return;
  }
  const keys = long.map(({ key }) => key);
  const curves = await readWholeWithin(tx, jobId, keys);
  await tx.curveSketch.createMany({
    data: curves.map(({ key, ...curve }) => {
      const { steps, values, wallTimes } = sampleCurve(curve, 'MIN_MAX', sketchedPoints);
      return {
        jobId,
        key,
        steps: bytesOf(steps),
        values: bytesOf(values),
        wallTimes: bytesOf(wallTimes),
      };
    }),
    skipDuplicates: true,
  });
}

/** Sketches of jobs by {@link curveName}; curves without one are missing. */
export async function readSketches(
  db: Pick<Database, 'pool'>,
  jobIds: readonly string[],
  keys: readonly string[],
): Promise<Map<string, CurveColumns>> {
  const sketches = new Map<string, CurveColumns>();
  const select = Prisma.sql`
    SELECT job_id::text, key, steps, values, wall_times FROM curve_sketch
    WHERE job_id = ANY(${[...jobIds]}::uuid[]) AND key = ANY(${[...keys]}::text[])`;
  await copyRows(db, select, curveColumns, ({ jobId, key, steps, values, wallTimes }) => {
    sketches.set(curveName(jobId.toString(), key.toString()), {
      steps: new Int32Array(bufferOf(steps)),
      values: new Float64Array(bufferOf(values)),
      wallTimes: new Float64Array(bufferOf(wallTimes)),
    });
  });
  return sketches;
}

/** Little-endian, as every machine that runs Node has its numbers. */
function bytesOf({ buffer }: Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>) {
  return new Uint8Array(buffer);
}

/** Of its own, so that numbers in it lie at multiples of their size. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
