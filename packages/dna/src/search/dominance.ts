/** Where a candidate stands in the comparison: smaller is better on both axes. */
export interface Place {
  /** Only candidates of the same group are compared. */
  group: string;
  x: number;
  y: number;
}

/**
 * Drops every candidate that `keep` others of its group dominate: no larger loss, x and y. With
 * `keep` of them in its place the best `keep` networks cannot need it, whatever the other blocks
 * add, because what is added to all of them is the same. Of equals the first `keep` stay.
 */
export function keepUndominated<T extends { loss: number }>(
  candidates: readonly T[],
  keep: number,
  placeOf: (candidate: T) => Place,
): T[] {
  const groups = new Map<string, { candidate: T; place: Place }[]>();
  for (const candidate of candidates) {
    const place = placeOf(candidate);
    const group = groups.get(place.group);
    if (group === undefined) {
      groups.set(place.group, [{ candidate, place }]);
    } else {
      group.push({ candidate, place });
    }
  }
  return [...groups.values()].flatMap((group) => sweep(group, keep));
}

function sweep<T extends { loss: number }>(
  group: { candidate: T; place: Place }[],
  keep: number,
): T[] {
  // Every dominator of a candidate sorts before it.
  group.sort(
    (a, b) =>
      a.candidate.loss - b.candidate.loss ||
      compare(a.place.x, b.place.x) ||
      compare(a.place.y, b.place.y),
  );
  const columns = [...new Set(group.map(({ place }) => place.x))].sort(compare);
  const rank = new Map(columns.map((x, i) => [x, i + 1]));
  const counter = new SmallestByPrefix(columns.length, keep);
  const kept: T[] = [];
  for (const { candidate, place } of group) {
    const column = rank.get(place.x) ?? 1;
    if (counter.countUpTo(column, place.y) < keep) {
      counter.add(column, place.y);
      kept.push(candidate);
    }
  }
  return kept;
}

/**
 * Counts, up to `keep`, the added points with column ≤ c and y ≤ v: a Fenwick tree whose nodes
 * hold the `keep` smallest y of their columns in ascending order.
 */
class SmallestByPrefix {
  private readonly nodes: number[][];
  private readonly keep: number;

  constructor(columns: number, keep: number) {
    this.nodes = Array.from({ length: columns + 1 }, () => []);
    this.keep = keep;
  }

  add(column: number, y: number): void {
    for (let i = column; i < this.nodes.length; i += i & -i) {
      const smallest = this.nodes[i] ?? [];
      if (smallest.length < this.keep || y < (smallest.at(-1) ?? y)) {
        let position = smallest.length;
        while (position > 0 && (smallest[position - 1] ?? y) > y) position--;
        smallest.splice(position, 0, y);
        if (smallest.length > this.keep) smallest.pop();
      }
    }
  }

  countUpTo(column: number, y: number): number {
    let count = 0;
    for (let i = column; i > 0 && count < this.keep; i -= i & -i) {
      for (const value of this.nodes[i] ?? []) {
        if (value > y) break;
        count++;
      }
    }
    return count;
  }
}

/** Unlike a difference also right for two equal infinities. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
