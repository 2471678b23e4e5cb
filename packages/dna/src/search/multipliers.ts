import type { Arc, Lattice, Step } from './lattice.ts';
import { at, foldRest, type Limit } from './limits.ts';

/**
 * A price for each limit. With prices w, loss + Σ w · (cost − bound) is never more than the loss
 * of a network within the limits, so its minimum bounds every completion of a partial network from
 * below (Lagrangian relaxation). w > 0 prices the maximum, w < 0 the minimum.
 */
export interface Prices {
  limits: readonly Limit[];
  prices: readonly number[];
  /** By [boundary][state]: least loss + Σ w · cost of the rest of a network, the head included. */
  rest: number[][];
}

/** Golden-section steps for one price; two prices are searched one inside the other. */
const stepsFor = [0, 40, 24];
/** Prices run from −S · sinh 8 to S · sinh 8, S being the span of losses over that of costs. */
const reach = 8;

/** Prices that make the lower bound of the whole lattice about as high as it can be. */
export function findPrices(lattice: Lattice, limits: readonly Limit[]): Prices {
  const table = columnsOf(lattice, limits);
  const scales = limits.map((limit) => priceScale(lattice, limit));
  const steps = stepsFor[limits.length] ?? 16;
  const bestFrom = (chosen: number[]): { bound: number; prices: number[] } => {
    const limit = limits[chosen.length];
    if (limit === undefined) {
      return { bound: wholeBound(lattice, table, limits, chosen), prices: chosen };
    }
    const scale = scales[chosen.length] ?? 1;
    return goldenSection(
      Number.isFinite(limit.min) ? -reach : 0,
      Number.isFinite(limit.max) ? reach : 0,
      steps,
      (z) => bestFrom([...chosen, scale * Math.sinh(z)]),
    );
  };
  const { prices } = bestFrom([]);
  return { limits, prices, rest: restAt(lattice, table, limits, prices) };
}

/** Losses and limited costs of the steps of an arc, one after the other in one array. */
type Columns = ReadonlyMap<Arc, Float64Array>;

/** The search for prices reads every step some thousand times; a flat array makes that quick. */
function columnsOf(lattice: Lattice, limits: readonly Limit[]): Columns {
  return new Map(
    lattice.stages.flat().map((arc) => {
      const rows = arc.steps.flatMap((step) => [
        step.loss,
        ...limits.map(({ axis }) => step[axis]),
      ]);
      return [arc, Float64Array.from(rows)];
    }),
  );
}

/** Loss + Σ w · cost of a step. */
export function pricedLoss(step: Step, { limits, prices }: Omit<Prices, 'rest'>): number {
  let value = step.loss;
  for (let i = 0; i < prices.length; i++) {
    value += at(prices, i) * step[at(limits, i).axis];
  }
  return value;
}

/** The bound that a price is paid against. */
export function pricedBound(limit: Limit, price: number): number {
  if (price === 0) return 0;
  return price > 0 ? limit.max : limit.min;
}

function restAt(
  lattice: Lattice,
  table: Columns,
  limits: readonly Limit[],
  prices: readonly number[],
): number[][] {
  const ends = lattice.ends.map((end) =>
    limits.reduce((sum, limit, i) => sum + at(prices, i) * end[limit.axis], 0),
  );
  return foldRest(
    lattice,
    ends,
    (arc, rest) => rest + leastPriced(table.get(arc) ?? new Float64Array(), prices),
    Math.min,
  );
}

function leastPriced(rows: Float64Array, prices: readonly number[]): number {
  const width = prices.length + 1;
  const [first = 0, second = 0] = prices;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rows.length; i += width) {
    let value = rows[i] ?? 0;
    if (width > 1) value += first * (rows[i + 1] ?? 0);
    if (width > 2) value += second * (rows[i + 2] ?? 0);
    if (value < least) least = value;
  }
  return least;
}

function wholeBound(
  lattice: Lattice,
  table: Columns,
  limits: readonly Limit[],
  prices: number[],
): number {
  const paid = limits.reduce((sum, limit, i) => {
    const price = at(prices, i);
    return sum + price * (lattice.start[limit.axis] - pricedBound(limit, price));
  }, 0);
  return paid + at(at(restAt(lattice, table, limits, prices), 0), 0);
}

function priceScale(lattice: Lattice, limit: Limit): number {
  const span = (key: 'loss' | Limit['axis']) =>
    lattice.stages.reduce((sum, arcs) => {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (const arc of arcs) {
        for (const step of arc.steps) {
          low = Math.min(low, step[key]);
          high = Math.max(high, step[key]);
        }
      }
      return sum + high - low;
    }, 0);
  const scale = span('loss') / span(limit.axis);
  return Number.isFinite(scale) && scale > 0 ? scale : 1;
}

/** Maximum of a function that first rises, then falls. */
function goldenSection<T extends { bound: number }>(
  from: number,
  to: number,
  steps: number,
  valueAt: (z: number) => T,
): T {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [atLeft, atRight] = [valueAt(left), valueAt(right)];
  for (let i = 0; i < steps; i++) {
    if (atLeft.bound < atRight.bound) {
      [low, left, atLeft] = [left, right, atRight];
      right = low + ratio * (high - low);
      atRight = valueAt(right);
    } else {
      [high, right, atRight] = [right, left, atLeft];
      left = high - ratio * (high - low);
      atLeft = valueAt(left);
    }
  }
  return atLeft.bound > atRight.bound ? atLeft : atRight;
}
