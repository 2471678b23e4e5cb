import { DomainError } from '@blockwise/contracts';
import type { Task } from '../network-cost.ts';
import type { Constraints, LatencyTable, Rating, SearchSpace, Solution } from '../types.ts';
import { bestRoutes } from './best-routes.ts';
import type { Limit } from './bound.ts';
import { diverseRoutes } from './diverse.ts';
import type { Route } from './graph.ts';
import { checkEachAlone, checkTogether } from './infeasible.ts';
import { type Lattice, tabulate } from './lattice.ts';
import { limitsOf } from './limits.ts';
import { graphOf, measureOf } from './measure.ts';
import { solutionOf } from './solution.ts';
import { TooMuchWork, Work } from './work.ts';

export interface SolveOptions {
  constraints: Constraints;
  /** How many networks to find, at least 1. */
  topK: number;
  /** Least number of layers in which any two of them differ (`encodingDistance`); 0 and 1: any. */
  minDistance?: number | undefined;
  /** Weight λ of each block's loss; all 1 where left out, as in the released search. */
  lambdas?: readonly number[] | undefined;
  /** Needed for a bound on the latency. */
  latency?: LatencyTable | undefined;
  /** How much the search may do (see `Work`); about a minute's worth where left out. */
  mostWork?: number | undefined;
}

const minuteOfWork = 5_000_000_000;

/**
 * The topK networks of least Σ λ · loss within the constraints, by ascending loss: exact, in
 * double precision (losses that differ by less than 10⁻¹² of their sum count as equal), costs
 * counted on the final network (bounds are inclusive). With `minDistance` each network is the best
 * of those that differ enough from every one before it. Fewer than topK are returned only where the
 * constraints leave fewer. Replaces DNA's traversal search, whose released form is a heuristic.
 *
 * @param ratings one for every cell of the space
 * @throws DomainError INFEASIBLE naming the constraint that is missed and by how much at least;
 *   NOT_READY, DIVERGED or BAD_INPUT where ratings or options are not complete; NOT_READY at
 *   `latency` where a bound on the latency has no table; BAD_INPUT at `constraints` where several
 *   windows between minimum and maximum are so narrow that the search has used up its work
 */
export function solve(
  space: SearchSpace,
  task: Task,
  ratings: readonly Rating[],
  options: SolveOptions,
): Solution[] {
  const { constraints, topK, minDistance = 0, lambdas, latency } = options;
  const { mostWork = minuteOfWork } = options;
  checkWhole(topK, 1, 'topK', 'The number of networks');
  checkWhole(minDistance, 0, 'minDistance', 'The least distance of networks');
  const limits = limitsOf(constraints, latency);
  const lattice = tabulate(space, task, ratings, { lambdas, latency });
  checkEachAlone(lattice, limits);
  try {
    const whenLost = () => checkTogether(lattice, limits, new Work(mostWork));
    const search = { work: new Work(mostWork), whenLost };
    const routes =
      minDistance > 1
        ? diverseRoutes(space, lattice, limits, { ...search, count: topK, minDistance })
        : closestRoutes(lattice, limits, { ...search, keep: topK });
    if (routes.length === 0) {
      whenLost();
      throw new Error('bounds that can be met together were met by no network');
    }
    return routes.map(({ steps }) => solutionOf(space, task, lattice, steps));
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    throw new DomainError(
      'BAD_INPUT',
      'Hardly any network lies within these constraints, if one does, and the search for the ' +
        'best one would take too long. Widen a window between minimum and maximum, or ask for ' +
        'fewer networks.',
      { path: ['constraints'], cause: error },
    );
  }
}

function closestRoutes(
  lattice: Lattice,
  limits: readonly Limit[],
  options: Parameters<typeof bestRoutes>[2],
): Route[] {
  const costs = limits.map(({ axis }) => measureOf(lattice, axis));
  return bestRoutes(graphOf(lattice, measureOf(lattice, 'loss'), costs), limits, options);
}

function checkWhole(value: number, least: number, name: string, what: string): void {
  if (!Number.isInteger(value) || value < least) {
    throw new DomainError('BAD_INPUT', `${what} must be a whole number of at least ${least}.`, {
      path: [name],
    });
  }
}
