import { countBelow, countUpTo } from './ascending.ts';
import { at } from './at.ts';
import type { Step } from './graph.ts';
import type { Items } from './items.ts';
import { type Partials, placesBy } from './partials.ts';
import type { Pass } from './pass.ts';

/** Shorter lists are simply gone through. */
const short = 32;

/** Beginnings up to one boundary and endings from a later one, by state. */
export interface Halves {
  beginnings: readonly Partials[];
  endings: readonly Partials[];
  /** Boundaries at which they stop and start. */
  left: number;
  right: number;
}

/**
 * The two halves of the search (meet in the middle, as Horowitz and Sahni do it for the knapsack):
 * lists of beginnings and of endings, each block added to the shorter one, until one block remains
 * between them, or more where neither list could take another.
 */
export function halvesOf(pass: Pass): Halves {
  let halves: Halves = {
    beginnings: pass.startLists(),
    endings: pass.endLists(),
    left: 0,
    right: pass.items.length,
  };
  const full = { left: false, right: false };
  while (halves.right - halves.left > 1 && !(full.left && full.right)) {
    const { beginnings, endings, left, right } = halves;
    const forward = full.right || (!full.left && lengthOf(beginnings) <= lengthOf(endings));
    if (forward) {
      const next = pass.extend(beginnings, left, true);
      if (next === undefined) full.left = true;
      else halves = { ...halves, beginnings: next, left: left + 1 };
    } else {
      const next = pass.extend(endings, right - 1, false);
      if (next === undefined) full.right = true;
      else halves = { ...halves, endings: next, right: right - 1 };
    }
  }
  return halves;
}

/** Offers every network that a beginning, the blocks between and an ending can make. */
export function meet(pass: Pass, { beginnings, endings, left, right }: Halves): void {
  const { plan, work } = pass;
  const blocks = plan.graph.stages.length;
  const shelves = endings.map((list) => new Shelf(list, pass));
  const steps: Step[] = Array.from({ length: blocks }, () => ({ arc: 0, row: 0 }));
  /** What has been added up on the way, by block after the beginning. */
  const sums = Array.from({ length: right - left + 1 }, () => new Float64Array(pass.least.length));

  const descend = (block: number, state: number, priced: number): void => {
    const before = at(sums, block - left);
    if (block === right) {
      const shelf = at(shelves, state);
      shelf.each(priced, before, (place) => {
        takeSteps(shelf.list, place, steps, right, 1);
        pass.offer(steps);
      });
      return;
    }
    const after = at(sums, block - left + 1);
    const rest = at(plan.rest, block + 1);
    for (const items of at(pass.items, block)) {
      if (items.from !== state) continue;
      let item = 0;
      for (; item < items.rows.length; item++) {
        const sum = priced + (items.priced[item] as number);
        if (sum + (rest[items.to] as number) > pass.ceiling) break;
        for (let i = 0; i < after.length; i++) {
          after[i] = (before[i] as number) + ((items.costs[i] as Float64Array)[item] as number);
        }
        takeStep(items, item, block, steps);
        descend(block + 1, items.to, sum);
      }
      work.spend(1 + 5 * item);
    }
  };

  for (const [state, list] of beginnings.entries()) {
    const start = at(sums, 0);
    for (let place = 0; place < list.length; place++) {
      for (let i = 0; i < start.length; i++) {
        start[i] = (list.costs[i] as Float64Array)[place] as number;
      }
      takeSteps(list, place, steps, left - 1, -1);
      descend(left, state, list.priced[place] as number);
    }
  }
}

function lengthOf(lists: readonly Partials[]): number {
  return lists.reduce((sum, list) => sum + list.length, 0);
}

function takeStep({ arc, rows }: Items, item: number, block: number, steps: Step[]): void {
  const step = at(steps, block);
  step.arc = arc;
  step.row = rows[item] as number;
}

/** Writes down the steps of a partial network, from `block` on in the given direction. */
function takeSteps(
  list: Partials,
  place: number,
  steps: Step[],
  block: number,
  direction: 1 | -1,
): void {
  for (let b = block; b >= 0 && b < steps.length; b += direction) {
    const { items, item, before, parent } = list.stepOf(place);
    takeStep(items, item, b, steps);
    list = before;
    place = parent;
  }
}

/** Endings of one state by ascending priced loss and, where a window is narrow, also by its cost. */
class Shelf {
  readonly list: Partials;
  private readonly pass: Pass;
  private readonly narrow: { cost: number; values: Float64Array; places: Int32Array } | undefined;

  constructor(list: Partials, pass: Pass) {
    list.reorder(list.byPrice());
    this.list = list;
    this.pass = pass;
    const cost = list.length < short ? undefined : this.narrowestCost();
    if (cost !== undefined) {
      const column = at(list.costs, cost);
      const places = placesBy(column, list.length);
      this.narrow = { cost, places, values: Float64Array.from(places, (p) => column[p] as number) };
    }
  }

  /** Calls back with the place of every ending that completes a network within ceiling and bounds. */
  each(priced: number, costs: Float64Array, callback: (place: number) => void): void {
    const { list, pass, narrow } = this;
    const { least, most, work } = pass;
    const isWithin = (place: number): boolean => {
      for (let i = 0; i < costs.length; i++) {
        const sum = (costs[i] as number) + ((list.costs[i] as Float64Array)[place] as number);
        if (sum < (least[i] as number) || sum > (most[i] as number)) return false;
      }
      return true;
    };
    const count = countUpTo(list.priced, list.length, pass.ceiling - priced);
    if (narrow !== undefined && count > short) {
      const sum = costs[narrow.cost] as number;
      const { values, places } = narrow;
      const from = countBelow(values, values.length, at(least, narrow.cost) - sum);
      const to = countUpTo(values, values.length, at(most, narrow.cost) - sum);
      if (to - from < count) {
        work.spend(10 + to - from);
        for (let n = from; n < to; n++) {
          const place = places[n] as number;
          if (priced + (list.priced[place] as number) > pass.ceiling) continue;
          if (isWithin(place)) callback(place);
        }
        return;
      }
    }
    work.spend(count);
    for (let place = 0; place < count; place++) {
      // The ceiling falls with every network that is taken.
      if (priced + (list.priced[place] as number) > pass.ceiling) break;
      if (isWithin(place)) callback(place);
    }
  }

  /** The cost whose window leaves the smallest part of the endings. */
  private narrowestCost(): number | undefined {
    const { list, pass } = this;
    let best: number | undefined;
    let share = 0.5;
    for (const [i, column] of list.costs.entries()) {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let place = 0; place < list.length; place++) {
        low = Math.min(low, column[place] as number);
        high = Math.max(high, column[place] as number);
      }
      const part = (at(pass.most, i) - at(pass.least, i)) / (high - low);
      if (part < share) {
        share = part;
        best = i;
      }
    }
    return best;
  }
}
