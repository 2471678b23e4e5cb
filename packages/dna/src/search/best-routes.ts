import { createRandom } from '../random.ts';
import { countUpTo } from './ascending.ts';
import { at } from './at.ts';
import type { Bound } from './bound.ts';
import { type Graph, greatest, lossOf, lossRange, type Route } from './graph.ts';
import { halvesOf, meet } from './meet.ts';
import { Pass } from './pass.ts';
import { type Plan, planOf } from './plan.ts';
import type { Work } from './work.ts';

export interface BestRoutesOptions {
  /** How many networks are wanted. */
  keep: number;
  work: Work;
  /** Called once if a good deal of work has not found any network. */
  whenLost?: (() => void) | undefined;
}

/** By how much the gap grows from pass to pass; the work of a pass grows with a high power of it. */
const growth = 1.4;
/** Work without any network found after which it is worth asking whether there is one. */
const lost = 20_000_000;
/** Steps of a block that may tie for the best before they are told apart by noise. */
const manyTies = 30;
/** Of the span of losses. */
const noise = 1e-6;

/**
 * The `keep` networks of least loss within the bounds, ascending; fewer only where there are no
 * more. Exact up to rounding: losses that differ by less than 10⁻¹² of the numbers that are summed
 * up count as equal.
 *
 * Lagrangian prices give a lower bound of the loss of every (partial) network. A pass looks at all
 * networks whose bound is within a gap of the best one, by meeting in the middle; once `keep`
 * networks are found whose losses lie within the gap, no other network can be better. Until then
 * the gap grows. Steps that `keep` others dominate are never needed.
 *
 * @throws TooMuchWork
 */
export function bestRoutes(
  graph: Graph,
  bounds: readonly Bound[],
  { keep, work, whenLost }: BestRoutesOptions,
): Route[] {
  const plan = planOf(graph, bounds);
  if (plan === undefined) return [];
  const excesses = sortedExcesses(plan);
  const ties = countUpTo(excesses, excesses.length, plan.rounding);
  if (ties > manyTies * graph.stages.length) {
    const found = amongTies(graph, bounds, { keep, work, whenLost });
    const last = found[keep - 1];
    if (last === undefined || last.loss + plan.paid <= plan.lowest + plan.rounding) return found;
  }
  const widest = plan.excess.reduce((sum, arcs) => sum + Math.max(...arcs.map(greatest)), 0);
  let gap = at(excesses, Math.min(excesses.length - 1, 8 * graph.stages.length));
  let mayBeLost = whenLost;
  let before = Number.POSITIVE_INFINITY;
  for (;;) {
    const start = work.spent;
    const pass = new Pass(plan, gap, keep, work);
    work.spend(excesses.length);
    meet(pass, halvesOf(pass));
    const { found } = pass;
    const last = found[keep - 1];
    if (gap >= widest) return found;
    if (last !== undefined && last.loss + plan.paid <= plan.lowest + gap) return found;
    const took = work.spent - start;
    // A wider gap that hardly adds work already leaves out next to nothing.
    const isAll = found.length === 0 && took > 50 * excesses.length && took < 1.5 * before;
    before = took;
    if (found.length === 0 && (isAll || work.spent > lost)) {
      mayBeLost?.();
      mayBeLost = undefined;
    }
    const wider = isAll ? widest : Math.max(gap * growth, firstAbove(excesses, gap));
    gap =
      last === undefined
        ? wider
        : Math.min(wider, last.loss + plan.paid - plan.lowest + plan.rounding);
  }
}

/**
 * Where most networks have the same lower bound a pass would list them all. A little noise on every
 * loss tells them apart; what is best with it is often as good as the lower bound without it.
 */
function amongTies(graph: Graph, bounds: readonly Bound[], options: BestRoutesOptions): Route[] {
  const { low, high } = lossRange(graph);
  const scale = noise * (high > low ? high - low : 1);
  const random = createRandom('ties');
  const stages = graph.stages.map((arcs) =>
    arcs.map((arc) => ({ ...arc, loss: arc.loss.map((loss) => loss + scale * random.next()) })),
  );
  return bestRoutes({ ...graph, stages }, bounds, options)
    .map(({ steps }) => ({ steps, loss: lossOf(graph, steps) }))
    .sort((a, b) => a.loss - b.loss);
}

function sortedExcesses(plan: Plan): Float64Array {
  const columns = plan.excess.flat();
  const all = new Float64Array(columns.reduce((sum, column) => sum + column.length, 0));
  let row = 0;
  for (const column of columns) {
    all.set(column, row);
    row += column.length;
  }
  return all.sort();
}

function firstAbove(ascending: Float64Array, value: number): number {
  return ascending[countUpTo(ascending, ascending.length, value)] ?? Number.POSITIVE_INFINITY;
}
