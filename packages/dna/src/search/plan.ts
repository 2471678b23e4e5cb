import { at } from './at.ts';
import type { Bound } from './bound.ts';
import {
  type Arc,
  type ByState,
  type CostRange,
  costRange,
  type Fixed,
  foldPast,
  foldRest,
  type Graph,
  least,
  lossRange,
} from './graph.ts';
import { type Wish, wishesOf } from './items.ts';
import { findPrices, pricedBound, rounding } from './prices.ts';

/** Everything that the passes over one graph share. Priced: loss + Σ price · cost. */
export interface Plan {
  graph: Graph;
  /** One for each cost of the graph, all of them such that some network misses them. */
  bounds: readonly Bound[];
  ranges: readonly CostRange[];
  /** Priced loss of every row, by [block][arc]. */
  priced: readonly (readonly Float64Array[])[];
  /** By how much the best network through a row is above the best of all, by [block][arc]. */
  excess: readonly (readonly Float64Array[])[];
  /** By [block][arc]. */
  wishes: readonly (readonly Wish[][])[];
  /** Least priced loss of the beginning and of the rest of a network. */
  past: ByState;
  rest: ByState;
  /** Least priced loss of a network. */
  lowest: number;
  /** The priced loss of a network within the bounds is at most its loss + `paid`. */
  paid: number;
  /** Losses that differ by less count as equal: the rounding of sums of priced costs. */
  rounding: number;
}

/** @returns undefined where it is certain that no network is within the bounds */
export function planOf(whole: Graph, wanted: readonly Bound[]): Plan | undefined {
  const reduced = withoutIdle(whole, wanted);
  if (reduced === undefined) return undefined;
  const { graph, bounds, ranges } = reduced;
  const { prices, isHopeless } = findPrices(graph, bounds);
  if (isHopeless) return undefined;

  const columns = new Map<Arc, Float64Array>(
    graph.stages.flat().map((arc) => {
      const priced = arc.loss.slice();
      for (const [i, price] of prices.entries()) {
        const cost = at(arc.costs, i);
        for (let row = 0; row < priced.length; row++) {
          priced[row] = (priced[row] as number) + price * (cost[row] as number);
        }
      }
      return [arc, priced] as const;
    }),
  );
  const pricedOf = (arc: Arc) => columns.get(arc) ?? arc.loss;
  const fixed = ({ loss, costs }: Fixed) =>
    prices.reduce((sum, price, i) => sum + price * at(costs, i), loss);
  const leastOf = (arc: Arc) => least(pricedOf(arc));
  const rest = foldRest(graph, fixed, leastOf, Math.min);
  const past = foldPast(graph, fixed(graph.start), leastOf, Math.min);
  const lowest = at(at(past, 0), 0) + at(at(rest, 0), 0);
  const paid = prices.map((price, i) => price * pricedBound(at(bounds, i), price));
  const { low, high } = lossRange(graph);
  const magnitude = paid.reduce(
    (sum, term) => sum + Math.abs(term),
    Math.abs(low) + Math.abs(high),
  );
  return {
    graph,
    bounds,
    ranges,
    priced: graph.stages.map((arcs) => arcs.map(pricedOf)),
    excess: graph.stages.map((arcs, block) =>
      arcs.map((arc) => {
        const others = at(at(past, block), arc.from) + at(at(rest, block + 1), arc.to) - lowest;
        return pricedOf(arc).map((priced) => Math.max(0, priced + others));
      }),
    ),
    wishes: graph.stages.map((arcs, block) =>
      arcs.map((arc) => wishesOf(arc, block, bounds, ranges)),
    ),
    past,
    rest,
    lowest,
    paid: paid.reduce((sum, term) => sum + term, 0),
    rounding: rounding * magnitude,
  };
}

/** Without the bounds, and the costs, that every network meets anyway; undefined where none does. */
function withoutIdle(graph: Graph, bounds: readonly Bound[]) {
  const ranges = bounds.map((_, i) => costRange(graph, i));
  if (bounds.some(({ min, max }, i) => at(ranges, i).high < min || at(ranges, i).low > max)) {
    return undefined;
  }
  const open = bounds.map(({ min, max }, i) => ({
    min: at(ranges, i).low >= min ? Number.NEGATIVE_INFINITY : min,
    max: at(ranges, i).high <= max ? Number.POSITIVE_INFINITY : max,
  }));
  const isActive = (_: unknown, i: number) =>
    Number.isFinite(at(open, i).min) || Number.isFinite(at(open, i).max);
  const fixed = ({ loss, costs }: Fixed) => ({ loss, costs: costs.filter(isActive) });
  return {
    graph: {
      states: graph.states,
      stages: graph.stages.map((arcs) =>
        arcs.map((arc) => ({ ...arc, costs: arc.costs.filter(isActive) })),
      ),
      start: fixed(graph.start),
      ends: graph.ends.map(fixed),
    },
    bounds: open.filter(isActive),
    ranges: ranges.filter(isActive),
  };
}
