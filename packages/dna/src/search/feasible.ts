import { DomainError } from '@blockwise/contracts';
import type { Task } from '../network-cost.ts';
import { pathCount } from '../paths.ts';
import type { Constraints, Rating, SearchSpace } from '../types.ts';
import { areMetQuickly, checkEachAlone, checkTogether, limitsOf } from './infeasible.ts';
import { tabulate } from './lattice.ts';

/**
 * Checks before there are ratings whether any network of the space satisfies the constraints.
 * Refuses as `solve` does, but lets pass what only a long search could rule out (windows between
 * minimum and maximum that hold hardly any network): there `solve` decides.
 *
 * @throws DomainError INFEASIBLE naming the constraint that is missed and by how much at least;
 *   BAD_INPUT where a bound is not a number
 */
export function checkFeasible(space: SearchSpace, task: Task, constraints: Constraints): void {
  const limits = limitsOf(constraints);
  const lattice = tabulate(space, task, equalRatings(space), undefined);
  checkEachAlone(lattice, limits);
  if (areMetQuickly(lattice, limits)) {
    return;
  }
  try {
    checkTogether(lattice, limits);
  } catch (error) {
    // More networks than an exact search may compare is no proof that none is inside.
    if (!(error instanceof DomainError) || error.code !== 'BAD_INPUT') {
      throw error;
    }
  }
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
