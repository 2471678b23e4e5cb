import { DomainError } from '@blockwise/contracts';
import type { Task } from '../network-cost.ts';
import type { LatencyTable, Rating, SearchSpace, Solution } from '../types.ts';
import { at } from './at.ts';
import type { Graph, Step } from './graph.ts';
import { tabulate } from './lattice.ts';
import { needTable } from './limits.ts';
import { type Axis, graphOf, measureOf } from './measure.ts';
import { solutionOf } from './solution.ts';
import {
  extendBy,
  merge,
  noPoints,
  onePoint,
  type Staircase,
  undominatedRows,
} from './staircase.ts';

export interface ParetoOptions {
  /** Weight λ of each block's loss; all 1 where left out. */
  lambdas?: readonly number[] | undefined;
  /** Needed where one of the axes is the latency. */
  latency?: LatencyTable | undefined;
}

/**
 * All networks that no other beats: none has both no more x and no more y. Exact, by a dynamic
 * programme over the blocks; ascending in x, so descending in y. Of equals one is listed.
 *
 * @throws DomainError BAD_INPUT where both axes are the same; NOT_READY at `latency` where an axis
 *   has no table; NOT_READY, DIVERGED or BAD_INPUT where ratings or λ are not complete
 */
export function paretoFront(
  space: SearchSpace,
  task: Task,
  ratings: readonly Rating[],
  { x, y }: { x: Axis; y: Axis },
  { lambdas, latency }: ParetoOptions = {},
): Solution[] {
  if (x === y) {
    throw new DomainError('BAD_INPUT', `A front has two axes, not ${x} twice.`, { path: ['y'] });
  }
  if (x === 'latencyMs' || y === 'latencyMs') needTable(latency);
  const lattice = tabulate(space, task, ratings, { lambdas, latency });
  const graph = graphOf(lattice, measureOf(lattice, y), [measureOf(lattice, x)]);
  return frontOf(graph).map((steps) => solutionOf(space, task, lattice, steps));
}

/** The networks of the graph that no other beats in its one cost and its loss. */
function frontOf({ states, stages, start, ends }: Graph): Step[][] {
  let lists: Staircase[] = [onePoint(at(start.costs, 0), start.loss)];
  const boundaries = [lists];
  for (const [block, arcs] of stages.entries()) {
    const next = Array.from({ length: at(states, block + 1) }, () => noPoints);
    for (const [position, arc] of arcs.entries()) {
      const cost = at(arc.costs, 0);
      const steps = undominatedRows(cost, arc.loss).map((row) => ({
        arc: position,
        row,
        x: at(cost, row),
        y: at(arc.loss, row),
      }));
      const reached = extendBy(at(lists, arc.from), arc.from, steps);
      next[arc.to] = merge(at(next, arc.to), reached);
    }
    lists = next;
    boundaries.push(lists);
  }
  const whole = lists.reduce((front, list, state) => {
    const end = at(ends, state);
    const last = { arc: 0, row: 0, x: at(end.costs, 0), y: end.loss };
    return merge(front, extendBy(list, state, [last]));
  }, noPoints);
  return Array.from(whole.x.keys(), (i) =>
    stepsTo(boundaries, at(whole.state, i), at(whole.place, i)),
  );
}

function stepsTo(
  boundaries: readonly (readonly Staircase[])[],
  endState: number,
  endPlace: number,
): Step[] {
  const steps: Step[] = [];
  let [state, place] = [endState, endPlace];
  for (let boundary = boundaries.length - 1; boundary > 0; boundary--) {
    const list = at(at(boundaries, boundary), state);
    steps.unshift({ arc: at(list.arc, place), row: at(list.row, place) });
    [state, place] = [at(list.state, place), at(list.place, place)];
  }
  return steps;
}
