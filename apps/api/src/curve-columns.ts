import { DomainError } from '@blockwise/contracts';
import { type CurveQuery, type CurveRow, readCurves } from '@blockwise/db';
import type { Context } from './context.ts';
import { maxCurveJobs, maxCurvePoints, maxCurves, maxListedPoints } from './limits.ts';

export interface CurvesAsked extends Omit<CurveQuery, 'keys' | 'maxPoints'> {
  /** All keys of each job if not given. */
  readonly keys: readonly string[] | undefined;
  readonly maxPoints: number;
}

/** Throws DomainError BAD_INPUT for more jobs than one query may ask for. */
export function checkJobCount(jobs: number): void {
  checkMost('jobs', jobs, maxCurveJobs);
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

/** Curves of many jobs as columns, by job in the order given, then by key. */
export async function readCurveColumns(
  { keys, ...asked }: CurvesAsked,
  { database, loaders }: Context,
): Promise<CurveRow[]> {
  const jobIds = [...new Set(asked.jobIds)];
  if (asked.maxPoints < 2 || asked.maxPoints > maxCurvePoints) {
    throw new DomainError(
      'BAD_INPUT',
      `maxPoints must be from 2 to ${maxCurvePoints}, not ${asked.maxPoints}.`,
      { path: ['maxPoints'] },
    );
  }
  if (keys !== undefined) {
    const distinct = [...new Set(keys)];
    checkMost('keys', jobIds.length * distinct.length, maxCurves);
    return readCurves(database, { ...asked, jobIds, keys: distinct });
  }
  const keysOfJobs = new Map(
    await Promise.all(
      jobIds.map(async (id) => [id, new Set(await loaders.curveKeysOfJob.load(id))] as const),
    ),
  );
  const all = [...new Set([...keysOfJobs.values()].flatMap((own) => [...own]))].sort();
  checkMost('keys', jobIds.length * all.length, maxCurves);
  const curves = await readCurves(database, { ...asked, jobIds, keys: all });
  return curves.filter(({ jobId, key }) => keysOfJobs.get(jobId)?.has(key));
}

function checkMost(argument: 'jobs' | 'keys', count: number, most: number): void {
  if (count > most) {
    const what = argument === 'jobs' ? 'jobs' : 'curves (jobs times keys)';
    throw new DomainError('BAD_INPUT', `${count} ${what} are more than ${most}.`, {
      path: [argument],
    });
  }
}
