import { DomainError } from '@blockwise/contracts';
import { readSketches, sketchedPoints } from './curve-sketches.ts';
import type { Database } from './database.ts';
import { type CurveColumns, type Sampling, sampleCurve, sliceCurve } from './sample-curve.ts';
import { isUuid } from './uuid.ts';
import { type CurveRow, curveName, readWhole } from './whole-curves.ts';

export interface CurveQuery {
  readonly jobIds: readonly string[];
  readonly keys: readonly string[];
  /** Both inclusive. */
  readonly minStep?: number | null | undefined;
  readonly maxStep?: number | null | undefined;
  /** Default NONE. */
  readonly sampling?: Sampling | undefined;
  /** Of each curve, for the samplings that thin; 1 to 100,000, default 1000. */
  readonly maxPoints?: number | undefined;
}

/** Jobs of one query: what a query holds in memory is then some tens of megabytes. */
const jobsAtOnce = 10;

/** One row per job and key in the order asked for; a job without a key has an empty one. */
export async function readCurves(db: Database, query: CurveQuery): Promise<CurveRow[]> {
  const { sampling = 'NONE', maxPoints = 1000 } = query;
  if (!Number.isInteger(maxPoints) || maxPoints < 1 || maxPoints > 100_000) {
    throw new DomainError('BAD_INPUT', `maxPoints is ${maxPoints}; it must be 1 to 100,000.`, {
      path: ['maxPoints'],
    });
  }
  const minStep = query.minStep ?? Number.NEGATIVE_INFINITY;
  const maxStep = query.maxStep ?? Number.POSITIVE_INFINITY;
  const jobIds = query.jobIds.filter(isUuid);
  // A text of Postgres has no NUL.
  const keys = query.keys.filter((key) => !key.includes('\0'));
  const isWhole = minStep === Number.NEGATIVE_INFINITY && maxStep === Number.POSITIVE_INFINITY;
  const thinned =
    isWhole && sampling === 'MIN_MAX' && maxPoints === sketchedPoints
      ? await readSketches(db, jobIds, keys)
      : new Map<string, CurveColumns>();
  const open = jobIds.filter((id) => keys.some((key) => !thinned.has(curveName(id, key))));
  for (let i = 0; i < open.length; i += jobsAtOnce) {
    const rows = await readWhole(db, open.slice(i, i + jobsAtOnce), keys, minStep, maxStep);
    for (const { jobId, key, ...curve } of rows) {
      const name = curveName(jobId, key);
      if (thinned.has(name)) continue;
      thinned.set(name, sampleCurve(within(curve, minStep, maxStep), sampling, maxPoints));
    }
  }
  return query.jobIds.flatMap((jobId) =>
    query.keys.map((key) => ({
      jobId,
      key,
      ...(thinned.get(curveName(jobId, key)) ?? noPoints()),
    })),
  );
}

/** Keys for which a job has points, by name. */
export async function curveKeysOf(db: Database, jobId: string): Promise<string[]> {
  // Grouped by Postgres; Prisma's `distinct` would fetch every chunk.
  const rows = await db.prisma.curveChunk.groupBy({
    by: ['key'],
    where: { jobId },
    orderBy: { key: 'asc' },
  });
  return rows.map(({ key }) => key);
}

function noPoints(): CurveColumns {
  return { steps: new Int32Array(), values: new Float64Array(), wallTimes: new Float64Array() };
}

function within(curve: CurveColumns, minStep: number, maxStep: number): CurveColumns {
  const { steps } = curve;
  const isInside =
    (steps[0] ?? minStep) >= minStep && (steps[steps.length - 1] ?? maxStep) <= maxStep;
  if (isInside) return curve;
  const begin = steps.findIndex((step) => step >= minStep);
  const end = steps.findLastIndex((step) => step <= maxStep) + 1;
  return begin === -1 ? noPoints() : sliceCurve(curve, begin, end);
}
