import { at } from './at.ts';
import { costOf, lossOf, type Route, type Step } from './graph.ts';
import { type Items, undominated } from './items.ts';
import { Partials } from './partials.ts';
import type { Plan } from './plan.ts';
import type { Work } from './work.ts';

/** Costs that are not whole numbers are summed in different orders; of the bound, the room for that. */
const slack = 1e-12;

/** One pass over all networks whose priced loss is at most `ceiling`. */
export class Pass {
  readonly plan: Plan;
  readonly work: Work;
  readonly keep: number;
  /** By block. */
  readonly items: Items[][];
  /** The best networks found, by ascending loss. */
  readonly found: Route[] = [];
  readonly least: readonly number[];
  readonly most: readonly number[];
  /** Networks with more priced loss are not looked for; falls with what is found. */
  ceiling: number;

  constructor(plan: Plan, gap: number, keep: number, work: Work) {
    this.plan = plan;
    this.keep = keep;
    this.work = work;
    this.ceiling = plan.lowest + gap + plan.rounding;
    this.least = plan.bounds.map(({ min }) => min - slack * Math.abs(min));
    this.most = plan.bounds.map(({ max }) => max + slack * Math.abs(max));
    this.items = plan.graph.stages.map((arcs, block) =>
      arcs.map((_, arc) => itemsOf(plan, block, arc, gap + plan.rounding, keep)),
    );
  }

  /** The list at the stem, or those at the head. */
  startLists(): Partials[] {
    const { plan } = this;
    return [Partials.ofOne(at(at(plan.past, 0), 0), plan.graph.start.costs)];
  }

  endLists(): Partials[] {
    const { graph, rest } = this.plan;
    return graph.ends.map(({ costs }, state) =>
      Partials.ofOne(at(at(rest, graph.stages.length), state), costs),
    );
  }

  /**
   * Partial networks with one more block: `forward` those that begin at the stem with the block
   * behind, else those that end at the head with the block before.
   *
   * @returns by state; undefined where they would be too many to be listed
   */
  extend(lists: readonly Partials[], block: number, forward: boolean): Partials[] | undefined {
    const { graph, past, rest, ranges } = this.plan;
    const boundary = forward ? block + 1 : block;
    const costs = this.least.length;
    const next = Array.from(
      { length: at(graph.states, boundary) },
      () => new Partials(costs, this.keep),
    );
    for (const items of at(this.items, block)) {
      const [before, target] = forward ? [items.from, items.to] : [items.to, items.from];
      const other = at(at(forward ? rest : past, boundary), target);
      const [low, high] = [this.least, this.most].map((bound, side) =>
        bound.map((value, i) => {
          const range = forward ? at(ranges, i).rest : at(ranges, i).past;
          return value - at(at(side === 0 ? range.high : range.low, boundary), target);
        }),
      ) as [number[], number[]];
      const room = this.ceiling - other;
      if (!join(at(lists, before), items, at(next, target), room, low, high, this.work)) {
        return undefined;
      }
    }
    return next;
  }

  /** Takes a network, given by its steps, if it is within the bounds and good enough. */
  offer(steps: readonly Step[]): void {
    const { graph, bounds, paid, rounding } = this.plan;
    const { found, keep } = this;
    const loss = lossOf(graph, steps);
    if (found.length === keep && loss >= at(found, keep - 1).loss) return;
    for (const [i, { min, max }] of bounds.entries()) {
      const cost = costOf(graph, steps, i);
      if (cost < min || cost > max) return;
    }
    const place = found.findIndex((other) => other.loss > loss);
    found.splice(place === -1 ? found.length : place, 0, {
      loss,
      steps: steps.map((step) => ({ ...step })),
    });
    if (found.length > keep) found.pop();
    if (found.length === keep) {
      this.ceiling = Math.min(this.ceiling, at(found, keep - 1).loss + paid - rounding);
    }
  }
}

/** The rows of an arc that can be part of a network below the ceiling. */
function itemsOf(plan: Plan, block: number, arc: number, gap: number, keep: number): Items {
  const source = at(at(plan.graph.stages, block), arc);
  const priced = at(at(plan.priced, block), arc);
  const excess = at(at(plan.excess, block), arc);
  let count = 0;
  const near = new Int32Array(excess.length);
  for (let row = 0; row < excess.length; row++) {
    if ((excess[row] as number) <= gap) near[count++] = row;
  }
  const wishes = at(at(plan.wishes, block), arc);
  const rows = undominated(source, near.subarray(0, count), wishes, keep).sort(
    (a, b) => (priced[a] as number) - (priced[b] as number),
  );
  const of = (column: Float64Array) => Float64Array.from(rows, (row) => column[row] as number);
  return {
    arc,
    from: source.from,
    to: source.to,
    rows,
    priced: of(priced),
    costs: source.costs.map(of),
  };
}

/** Every partial network of a list with every item that leaves it within room and bounds. */
function join(
  list: Partials,
  items: Items,
  target: Partials,
  room: number,
  low: readonly number[],
  high: readonly number[],
  work: Work,
): boolean {
  const source = target.sources.push({ items, before: list }) - 1;
  const count = items.rows.length;
  for (let place = 0; place < list.length; place++) {
    const before = list.priced[place] as number;
    let item = 0;
    for (; item < count; item++) {
      const priced = before + (items.priced[item] as number);
      if (priced > room) break;
      const n = target.length;
      let isWithin = true;
      for (let i = 0; i < low.length && isWithin; i++) {
        const cost =
          ((list.costs[i] as Float64Array)[place] as number) +
          ((items.costs[i] as Float64Array)[item] as number);
        isWithin = cost >= (low[i] as number) && cost <= (high[i] as number);
        (target.costs[i] as Float64Array)[n] = cost;
      }
      if (isWithin && !target.append(priced, source, item, place)) return false;
    }
    work.spend(1 + 2 * item);
  }
  return true;
}
