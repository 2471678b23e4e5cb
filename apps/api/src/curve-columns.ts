import { DomainError } from '@blockwise/contracts';
import { type CurveQuery, type CurveRow, readCurves } from '@blockwise/db';
import type { Context } from './context.ts';
import { maxCurveJobs, maxCurvePoints, maxCurves, maxListedPoints } from './limits.ts';
import type { Steps } from './run-steps.ts';

/** A job, or the part of it that one run measured. */
export interface Measured {
  readonly jobId: string;
  /** Opaque id of the run; null for all of the job. */
  readonly run: string | null;
  /** Null for none. */
  readonly steps: Steps | null;
}

export interface MeasuredCurve extends CurveRow {
  readonly run: string | null;
}

export interface CurvesAsked extends Omit<CurveQuery, 'jobIds' | 'keys' | 'maxPoints'> {
  readonly of: readonly Measured[];
  /** All keys of each job if not given. */
  readonly keys: readonly string[] | undefined;
  readonly maxPoints: number;
}

/** Throws DomainError BAD_INPUT for more jobs, or runs, than one query may ask for. */
export function checkJobCount(count: number, argument: 'jobs' | 'runs' = 'jobs'): void {
  checkMost(argument, count, maxCurveJobs);
}

/**
 * GraphQL builds lists number by number: what takes many is asked for packed.
 *
 * @throws DomainError BAD_INPUT
 */
export function checkListedPoints(curves: readonly CurveRow[]): void {
  const points = curves.reduce((sum, { steps }) => sum + steps.length, 0);
  if (points > maxListedPoints) {
    throw new DomainError(
      'BAD_INPUT',
      `${points} points are more than ${maxListedPoints} in lists: ask for \`packed\`, for fewer points ` +
        'with `maxPoints`, or for a file with `exportCurves`.',
      { path: ['maxPoints'] },
    );
  }
}

/** Curves of many jobs or runs as columns, in the order given, then by key. */
export async function readCurveColumns(
  { of, keys, ...asked }: CurvesAsked,
  context: Context,
): Promise<MeasuredCurve[]> {
  const { database } = context;
  if (asked.maxPoints < 2 || asked.maxPoints > maxCurvePoints) {
    throw new DomainError(
      'BAD_INPUT',
      `maxPoints must be from 2 to ${maxCurvePoints}, not ${asked.maxPoints}.`,
      { path: ['maxPoints'] },
    );
  }
  const named = keys && [...new Set(keys)];
  const own = named ? undefined : await keysOfJobs(of, context);
  const all = named ?? [...new Set([...(own?.values() ?? [])].flatMap((each) => [...each]))].sort();
  checkMost('keys', of.length * all.length, maxCurves);
  const read: MeasuredCurve[][] = of.map(() => []);
  for (const { places, min, max } of bySteps(of, asked)) {
    const jobIds = places.map((place) => of[place]?.jobId ?? '');
    // Nothing lies between, but the named keys appear.
    const steps = { minStep: finite(min), maxStep: finite(max) };
    const rows = await readCurves(database, { ...asked, ...steps, jobIds, keys: all });
    rows.forEach((row, i) => {
      const place = places[Math.floor(i / all.length)] ?? 0;
      const isOwn = own?.get(row.jobId)?.has(row.key) ?? true;
      if (isOwn) read[place]?.push({ ...row, run: of[place]?.run ?? null });
    });
  }
  return read.flat();
}

async function keysOfJobs(
  of: readonly Measured[],
  { loaders }: Context,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const keys = of.map(
    async ({ jobId }) => [jobId, new Set(await loaders.curveKeysOfJob.load(jobId))] as const,
  );
  return new Map(await Promise.all(keys));
}

/** Places in a list whose curves are cut at the same steps, and can be read together. */
function bySteps(
  of: readonly Measured[],
  { minStep, maxStep }: Pick<CurveQuery, 'minStep' | 'maxStep'>,
): { readonly places: number[]; readonly min: number; readonly max: number }[] {
  const groups = new Map<string, { places: number[]; min: number; max: number }>();
  of.forEach(({ steps }, place) => {
    const { min: first, max: last } = steps ?? { min: 1, max: 0 };
    const min = Math.max(first, minStep ?? Number.NEGATIVE_INFINITY);
    const max = Math.min(last, maxStep ?? Number.POSITIVE_INFINITY);
    const group = groups.get(`${min} ${max}`) ?? { places: [], min, max };
    groups.set(`${min} ${max}`, group);
    group.places.push(place);
  });
  return [...groups.values()];
}

function finite(step: number): number | undefined {
  return Number.isFinite(step) ? step : undefined;
}

function checkMost(argument: 'jobs' | 'runs' | 'keys', count: number, most: number): void {
  if (count > most) {
    const what = argument === 'keys' ? 'curves (jobs or runs, times keys)' : argument;
    throw new DomainError('BAD_INPUT', `${count} ${what} are more than ${most}.`, {
      path: [argument],
    });
  }
}
