import { DomainError } from '@blockwise/contracts';
import type { Database } from './database.ts';
import { type CurveColumns, type Sampling, sampleCurve } from './sample-curve.ts';
import { isUuid } from './uuid.ts';

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

export interface CurveRow extends CurveColumns {
  readonly jobId: string;
  readonly key: string;
}

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
  const chunks = await db.prisma.curveChunk.findMany({
    where: {
      jobId: { in: query.jobIds.filter(isUuid) },
      key: { in: [...query.keys] },
      ...(Number.isFinite(minStep) ? { lastStep: { gte: minStep } } : {}),
      ...(Number.isFinite(maxStep) ? { firstStep: { lte: maxStep } } : {}),
    },
    orderBy: { firstStep: 'asc' },
  });
  const byCurve = new Map<string, CurveColumns[]>();
  for (const chunk of chunks) {
    const name = nameOf(chunk.jobId, chunk.key);
    byCurve.set(name, [...(byCurve.get(name) ?? []), chunk]);
  }
  return query.jobIds.flatMap((jobId) =>
    query.keys.map((key) => {
      const whole = join(byCurve.get(nameOf(jobId, key)) ?? []);
      return { jobId, key, ...sampleCurve(cut(whole, minStep, maxStep), sampling, maxPoints) };
    }),
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

function nameOf(jobId: string, key: string): string {
  return `${jobId} ${key}`;
}

function join(chunks: readonly CurveColumns[]): CurveColumns {
  return {
    steps: chunks.flatMap(({ steps }) => steps),
    values: chunks.flatMap(({ values }) => values),
    wallTimes: chunks.flatMap(({ wallTimes }) => wallTimes),
  };
}

function cut(curve: CurveColumns, minStep: number, maxStep: number): CurveColumns {
  const begin = curve.steps.findIndex((step) => step >= minStep);
  if (begin === -1) {
    return { steps: [], values: [], wallTimes: [] };
  }
  const end = curve.steps.findLastIndex((step) => step <= maxStep) + 1;
  return {
    steps: curve.steps.slice(begin, end),
    values: curve.values.slice(begin, end),
    wallTimes: curve.wallTimes.slice(begin, end),
  };
}
