import type { Task } from '../network-cost.ts';
import type { CostAxis, Rating, SearchSpace, Solution } from '../types.ts';
import { advance, type Label, planOf } from './advance.ts';
import { keepUndominated } from './dominance.ts';
import { type Lattice, tabulate } from './lattice.ts';
import { findPrices } from './multipliers.ts';
import { solutionOf } from './solve.ts';

/**
 * All networks that no other beats: none has both no more loss and no more of `axis`. Exact;
 * ascending in the cost, so descending in loss. Of equals one is listed.
 *
 * @param options lambdas: weight of each block's loss, all 1 where left out
 */
export function paretoFront(
  space: SearchSpace,
  task: Task,
  ratings: readonly Rating[],
  axis: CostAxis,
  options: { lambdas?: readonly number[] } = {},
): Solution[] {
  const thin = <T extends Record<'loss' | CostAxis, number>>(candidates: readonly T[]): T[] =>
    keepUndominated(candidates, 1, (candidate) => ({ group: '', x: 0, y: candidate[axis] }));
  const whole = tabulate(space, task, ratings, options.lambdas);
  const lattice: Lattice = {
    ...whole,
    stages: whole.stages.map((arcs) => arcs.map((arc) => ({ ...arc, steps: thin(arc.steps) }))),
  };
  const plan = planOf(lattice, [], findPrices(lattice, []));
  const labels = advance(plan, {
    ceiling: Number.POSITIVE_INFINITY,
    fanOut: Number.POSITIVE_INFINITY,
    work: Number.POSITIVE_INFINITY,
    tooMuch: () => {
      throw new Error('a front without a limit of work has passed it');
    },
    thin: (reached: Label[]) => thin(reached),
  });
  return thin(labels)
    .sort((a, b) => a[axis] - b[axis])
    .map((label) => solutionOf(space, task, label));
}
