import { at } from './at.ts';
import type { Bound } from './bound.ts';
import { maximise } from './ellipsoid.ts';
import { type Arc, type Graph, greatest, least, lossRange } from './graph.ts';
import { RowGroups } from './row-groups.ts';

/**
 * A price for each bounded cost. With prices w, loss + Σ w · (cost − bound) is never more than the
 * loss of a network within the bounds, so its minimum bounds the loss of every completion of a
 * partial network from below (Lagrangian relaxation). w > 0 prices the maximum, w < 0 the minimum.
 */
export interface Prices {
  prices: readonly number[];
  /** The lower bound is above the loss of every network, so that none is within the bounds. */
  isHopeless: boolean;
}

/** Prices are sought up to this many times the span of losses over that of the cost. */
const reach = 1000;
/** Of the span of losses: how close to the best lower bound is close enough. */
const precision = 1e-7;
const evaluations = 3000;
/** Of the numbers that are summed up; a dozen of them keep a thousand times more in double precision. */
export const rounding = 1e-12;
/** Costs that get a price, the first ones; the others only limit the search. */
const mostPriced = 8;

/** Prices that make the lower bound about as high as it can be. */
export function findPrices(graph: Graph, bounds: readonly Bound[]): Prices {
  const priced = Math.min(bounds.length, mostPriced);
  const relaxed = new Relaxation(graph, bounds.slice(0, priced));
  const zeros = bounds.map(() => 0);
  const lossSpan = spanOf(graph, (arc) => arc.loss);
  const { high } = lossRange(graph);
  const enough = high + 1e-6 * ((lossSpan || 1) + Math.abs(high));
  const scales = Array.from({ length: priced }, (_, i) => {
    const scale = lossSpan / spanOf(graph, (arc) => at(arc.costs, i));
    return Number.isFinite(scale) && scale > 0 ? scale : 1;
  });
  const free = relaxed.evaluate(zeros.slice(0, priced)).value;
  if (priced === 0) return { prices: zeros, isHopeless: false };
  const direction = new Float64Array(priced);
  const { point, value } = maximise(
    priced,
    reach,
    (scaled) => {
      const wrong = wrongSign(scaled, bounds);
      if (wrong !== -1) {
        const position = scaled[wrong] as number;
        direction.fill(0)[wrong] = -Math.sign(position);
        return { value: undefined, direction, depth: Math.abs(position) };
      }
      const { value: found, slope } = relaxed.evaluate(scales.map((s, i) => s * at(scaled, i)));
      for (let i = 0; i < priced; i++) direction[i] = at(slope, i) * at(scales, i);
      return { value: found, direction, depth: 0 };
    },
    { error: precision * (lossSpan || 1), evaluations, enough },
  );
  if (value <= free) return { prices: zeros, isHopeless: false };
  const prices = zeros.map((zero, i) => (i < priced ? at(scales, i) * at(point, i) : zero));
  const magnitude = prices.reduce(
    (sum, price, i) => sum + Math.abs(price * pricedBound(at(bounds, i), price)),
    0,
  );
  return { prices, isHopeless: value > enough + rounding * magnitude };
}

/** The first price that no bound stands behind; −1 where there is none. */
function wrongSign(prices: Float64Array, bounds: readonly Bound[]): number {
  return prices.findIndex((price, i) => {
    const { min, max } = at(bounds, i);
    return (
      (price > 0 && max === Number.POSITIVE_INFINITY) ||
      (price < 0 && min === Number.NEGATIVE_INFINITY)
    );
  });
}

/** The bound that a price is paid against. */
export function pricedBound({ min, max }: Bound, price: number): number {
  if (price === 0) return 0;
  return price > 0 ? max : min;
}

/** The lower bound as a function of the prices. */
class Relaxation {
  private readonly graph: Graph;
  private readonly bounds: readonly Bound[];
  private readonly rows: ReadonlyMap<Arc, Float64Array>;

  constructor(graph: Graph, bounds: readonly Bound[]) {
    this.graph = graph;
    this.bounds = bounds;
    this.rows = new Map(
      graph.stages.flat().map((arc) => [arc, cheapestRows(arc, bounds.length)] as const),
    );
  }

  /** The bound and its supergradient, the cost of the network that attains it less the bounds. */
  evaluate(prices: readonly number[]): { value: number; slope: number[] } {
    const { graph, bounds } = this;
    const width = prices.length;
    let rest = graph.ends.map((end) => priceOf(end.loss, end.costs, prices));
    let costs = graph.ends.map((end) => end.costs.slice(0, width));
    for (let block = graph.stages.length - 1; block >= 0; block--) {
      const count = at(graph.states, block);
      const before = new Array<number>(count).fill(Number.POSITIVE_INFINITY);
      const costsBefore = new Array<number[]>(count).fill([]);
      for (const arc of at(graph.stages, block)) {
        const rows = this.rows.get(arc) ?? new Float64Array();
        const { value, offset } = leastPriced(rows, prices);
        const total = value + at(rest, arc.to);
        if (total < at(before, arc.from)) {
          before[arc.from] = total;
          costsBefore[arc.from] = at(costs, arc.to).map((c, i) => c + at(rows, offset + 1 + i));
        }
      }
      rest = before;
      costs = costsBefore;
    }
    let value = at(rest, 0) + priceOf(graph.start.loss, graph.start.costs, prices);
    const slope = at(costs, 0).map((sum, i) => {
      const bound = at(bounds, i);
      const cost = sum + at(graph.start.costs, i);
      const price = at(prices, i);
      value -= price * pricedBound(bound, price);
      if (price !== 0) return cost - pricedBound(bound, price);
      return Math.max(0, cost - bound.max) + Math.min(0, cost - bound.min);
    });
    return { value, slope };
  }
}

function priceOf(loss: number, costs: readonly number[], prices: readonly number[]): number {
  return prices.reduce((sum, price, i) => sum + price * at(costs, i), loss);
}

/** Loss and the first costs, row after row: of rows with equal costs only the least loss. */
function cheapestRows({ loss, costs }: Arc, count: number): Float64Array {
  const columns = costs.slice(0, count);
  const groups = new RowGroups(columns, loss.length);
  const width = count + 1;
  const rows = new Float64Array(loss.length * width);
  for (let row = 0; row < loss.length; row++) {
    const before = groups.count;
    const offset = groups.groupOf(row) * width;
    const own = loss[row] as number;
    if (groups.count === before) {
      rows[offset] = Math.min(rows[offset] as number, own);
    } else {
      rows[offset] = own;
      for (let i = 0; i < count; i++) rows[offset + 1 + i] = at(columns, i)[row] as number;
    }
  }
  return rows.slice(0, groups.count * width);
}

function leastPriced(
  rows: Float64Array,
  prices: readonly number[],
): { value: number; offset: number } {
  const width = prices.length + 1;
  const [first = 0, second = 0, third = 0] = prices;
  let value = Number.POSITIVE_INFINITY;
  let offset = 0;
  for (let i = 0; i < rows.length; i += width) {
    let sum = rows[i] as number;
    // The search for prices reads every row some hundred times, mostly for few prices.
    if (width > 1) sum += first * (rows[i + 1] as number);
    if (width > 2) sum += second * (rows[i + 2] as number);
    if (width > 3) sum += third * (rows[i + 3] as number);
    for (let k = 4; k < width; k++) sum += (prices[k - 1] as number) * (rows[i + k] as number);
    if (sum < value) {
      value = sum;
      offset = i;
    }
  }
  return { value, offset };
}

function spanOf(graph: Graph, columnOf: (arc: Arc) => Float64Array): number {
  return graph.stages.reduce((sum, arcs) => {
    const low = Math.min(...arcs.map((arc) => least(columnOf(arc))));
    const high = Math.max(...arcs.map((arc) => greatest(columnOf(arc))));
    return sum + high - low;
  }, 0);
}
