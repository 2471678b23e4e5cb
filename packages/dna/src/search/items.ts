import { at } from './at.ts';
import type { Bound } from './bound.ts';
import { type Arc, type CostRange, greatest, least } from './graph.ts';
import { RowGroups } from './row-groups.ts';

/** The rows of an arc that a pass tries, by ascending priced loss. */
export interface Items {
  /** Position of the arc in its block. */
  arc: number;
  from: number;
  to: number;
  rows: Int32Array;
  /** Loss + Σ price · cost. */
  priced: Float64Array;
  costs: readonly Float64Array[];
}

/** What a step's cost has to do with its bound, whatever the other blocks add. */
export type Wish = 'less' | 'more' | 'same' | 'any';

/** Rows that a row is compared with; those of least loss are the ones that dominate. */
const mostCompared = 400;

/** The wishes of every cost for the steps of an arc. */
export function wishesOf(
  arc: Arc,
  block: number,
  bounds: readonly Bound[],
  ranges: readonly CostRange[],
): Wish[] {
  return bounds.map(({ min, max }, i) => {
    const { past, rest } = at(ranges, i);
    const column = at(arc.costs, i);
    const low =
      at(at(past.low, block), arc.from) + least(column) + at(at(rest.low, block + 1), arc.to);
    const high =
      at(at(past.high, block), arc.from) + greatest(column) + at(at(rest.high, block + 1), arc.to);
    const [minMatters, maxMatters] = [low < min, high > max];
    if (minMatters && maxMatters) return 'same';
    if (maxMatters) return 'less';
    return minMatters ? 'more' : 'any';
  });
}

/**
 * The rows of an arc that the best `keep` networks can need: no other `keep` rows have at most
 * their loss and costs that are as good. With those in its place no network gets worse, because
 * what the other blocks add is the same. (Not every such row is found; the rest is only work.)
 */
export function undominated(
  arc: Arc,
  rows: Int32Array,
  wishes: readonly Wish[],
  keep: number,
): Int32Array {
  const columns = arc.costs.filter((_, i) => wishes[i] !== 'any');
  const wanted = wishes.filter((wish) => wish !== 'any');
  const order = rows.slice().sort((a, b) => before(arc, columns, wanted, a, b));
  const distinct = firstOfEqual(columns, order, keep);
  if (!wanted.some((wish) => wish !== 'same')) return distinct;
  const kept = new Int32Array(distinct.length);
  let count = 0;
  for (const row of distinct) {
    let better = 0;
    for (let k = 0; k < count && k < mostCompared && better < keep; k++) {
      if (isAsGood(columns, wanted, kept[k] as number, row)) better++;
    }
    if (better < keep) kept[count++] = row;
  }
  return kept.slice(0, count);
}

/** Every dominator of a row sorts before it. */
function before(
  { loss }: Arc,
  columns: readonly Float64Array[],
  wishes: readonly Wish[],
  a: number,
  b: number,
): number {
  let difference = (loss[a] as number) - (loss[b] as number);
  for (let i = 0; difference === 0 && i < columns.length; i++) {
    const more =
      ((columns[i] as Float64Array)[a] as number) - ((columns[i] as Float64Array)[b] as number);
    difference = wishes[i] === 'more' ? -more : more;
  }
  return difference;
}

/** The first `keep` of the rows that are equal in every column. */
function firstOfEqual(
  columns: readonly Float64Array[],
  rows: Int32Array,
  keep: number,
): Int32Array {
  const groups = new RowGroups(columns, rows.length);
  const counts = new Int32Array(rows.length);
  return rows.filter((row) => {
    const group = groups.groupOf(row);
    const count = (counts[group] as number) + 1;
    counts[group] = count;
    return count <= keep;
  });
}

function isAsGood(
  columns: readonly Float64Array[],
  wishes: readonly Wish[],
  one: number,
  other: number,
): boolean {
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] as Float64Array;
    const more = (column[one] as number) - (column[other] as number);
    if (more > 0 && wishes[i] !== 'more') return false;
    if (more < 0 && wishes[i] !== 'less') return false;
  }
  return true;
}
