import type { Task } from '../network-cost.ts';
import { pathCount } from '../paths.ts';
import type { Constraints, LatencyTable, Rating, SearchSpace } from '../types.ts';
import { areMet, checkEachAlone, checkTogether } from './infeasible.ts';
import { tabulate } from './lattice.ts';
import { limitsOf } from './limits.ts';
import { TooMuchWork, Work } from './work.ts';

/** For the question and for the explanation each: some ten milliseconds. */
const littleWork = 1_000_000;

/**
 * Checks before there are ratings whether any network of the space satisfies the constraints.
 * Refuses as `solve` does, but lets pass what only a long search could rule out (windows between
 * minimum and maximum that hold hardly any network): there `solve` decides.
 *
 * @param latency needed for a bound on the latency
 * @throws DomainError INFEASIBLE naming the constraint that is missed and by how much at least;
 *   BAD_INPUT where a bound is not a number; NOT_READY where there is no latency table
 */
export function checkFeasible(
  space: SearchSpace,
  task: Task,
  constraints: Constraints,
  latency?: LatencyTable,
): void {
  const limits = limitsOf(constraints, latency);
  if (limits.length === 0) return;
  const lattice = tabulate(space, task, equalRatings(space), { latency });
  checkEachAlone(lattice, limits);
  if (limits.length === 1 && isOneSided(limits[0])) return;
  try {
    if (!areMet(lattice, limits, new Work(littleWork))) {
      checkTogether(lattice, limits, new Work(littleWork));
    }
  } catch (error) {
    // Where the work runs out nothing is shown, so it is no reason to refuse.
    if (!(error instanceof TooMuchWork)) throw error;
  }
}

function isOneSided(limit: { min: number; max: number } | undefined): boolean {
  return limit !== undefined && !(Number.isFinite(limit.min) && Number.isFinite(limit.max));
}

function equalRatings(space: SearchSpace): Rating[] {
  return space.blocks.flatMap(({ cells }, block) =>
    cells.map((_, cell) => ({
      block,
      cell,
      losses: new Float64Array(pathCount(space, block, cell)),
    })),
  );
}
