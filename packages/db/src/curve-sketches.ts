import type { Database } from './database.ts';
import type { Prisma } from './generated/client.ts';
import { type CurveColumns, sampleCurve } from './sample-curve.ts';
import { curveName, readWhole } from './whole-curves.ts';

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
  const curves = await readWhole({ prisma: tx }, [jobId], keys);
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
  db: Database,
  jobIds: readonly string[],
  keys: readonly string[],
): Promise<Map<string, CurveColumns>> {
  const rows = await db.prisma.curveSketch.findMany({
    where: { jobId: { in: [...jobIds] }, key: { in: [...keys] } },
  });
  return new Map(
    rows.map(({ jobId, key, steps, values, wallTimes }) => [
      curveName(jobId, key),
      {
        steps: new Int32Array(bufferOf(steps)),
        values: new Float64Array(bufferOf(values)),
        wallTimes: new Float64Array(bufferOf(wallTimes)),
      },
    ]),
  );
}

/** Little-endian, as every machine that runs Node has its numbers. */
function bytesOf({ buffer }: Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>) {
  return new Uint8Array(buffer);
}

/** Of its own, so that numbers in it lie at multiples of their size. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
