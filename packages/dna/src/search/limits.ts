import { DomainError } from '@blockwise/contracts';
import { type Constraints, costAxes, type LatencyTable } from '../types.ts';
import type { Limit } from './bound.ts';
import { written } from './wording.ts';

/**
 * The constraints as limits, one for each axis that has a bound.
 *
 * @throws DomainError BAD_INPUT where a bound is not a number, INFEASIBLE where a minimum is above
 *   its maximum, NOT_READY at `latency` where a bound on the latency has no table
 */
export function limitsOf(constraints: Constraints, latency: LatencyTable | undefined): Limit[] {
  return costAxes.flatMap((axis) => {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } =
      constraints[axis] ?? {};
    if (Number.isNaN(min) || Number.isNaN(max)) {
      throw new DomainError('BAD_INPUT', `A bound of the ${axis} is not a number.`, {
        path: ['constraints', axis],
      });
    }
    if (min > max) {
      throw new DomainError(
        'INFEASIBLE',
        `The minimum of the ${axis}, ${written(min)}, is ${written(min - max)} above ` +
          `the maximum, ${written(max)}.`,
        { path: ['constraints', axis] },
      );
    }
    if (!Number.isFinite(min) && !Number.isFinite(max)) return [];
    if (axis === 'latencyMs') needTable(latency);
    return [{ axis, min, max }];
  });
}

/** @throws DomainError NOT_READY at `latency` where there is no table */
export function needTable(latency: LatencyTable | undefined): void {
  if (latency === undefined) {
    throw new DomainError(
      'NOT_READY',
      'The latency of this space has not been measured, so nothing can be said about it. Measure ' +
        'a latency table first.',
      { path: ['latency'] },
    );
  }
}
