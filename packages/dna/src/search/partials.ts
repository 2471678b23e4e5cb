import { at } from './at.ts';
import type { Items } from './items.ts';
import { RowGroups } from './row-groups.ts';

/** Bytes that the columns of one list may take. */
const mostBytes = 96 * 2 ** 20;
/** Below this length a list is not worth thinning. */
const shortest = 2 ** 16;

/**
 * Partial networks that end (or begin) at one state, as growing columns. Each is a step appended to
 * a partial network of the list before.
 */
export class Partials {
  private readonly keep: number;
  private readonly most: number;
  private thinAt = shortest;
  private source: Int16Array;
  private item: Int32Array;
  private parent: Int32Array;
  length = 0;
  /** Loss + Σ price · cost. */
  priced: Float64Array;
  costs: Float64Array[];
  /** Where its steps come from, with the list of the partial networks that they continue. */
  readonly sources: { items: Items; before: Partials }[] = [];

  /**
   * @param keep of partial networks with equal costs so many of least loss may be needed
   * @param most length beyond which the list is given up
   */
  constructor(costs: number, keep: number, most = Math.floor(mostBytes / (8 * costs + 18))) {
    this.keep = keep;
    this.most = most;
    this.priced = new Float64Array(64);
    this.costs = Array.from({ length: costs }, () => new Float64Array(64));
    this.source = new Int16Array(64);
    this.item = new Int32Array(64);
    this.parent = new Int32Array(64);
  }

  /** The list of a network that has no step yet. */
  static ofOne(priced: number, costs: readonly number[]): Partials {
    const list = new Partials(costs.length, 1);
    list.length = 1;
    list.priced[0] = priced;
    for (const [i, cost] of costs.entries()) at(list.costs, i)[0] = cost;
    return list;
  }

  /** @returns false where the list would become too long even without what is not needed */
  append(priced: number, source: number, item: number, parent: number): boolean {
    const n = this.length;
    this.priced[n] = priced;
    this.source[n] = source;
    this.item[n] = item;
    this.parent[n] = parent;
    this.length = n + 1;
    return this.length < this.priced.length || this.makeRoom();
  }

  /** The step of a partial network and the place of the one that it continues. */
  stepOf(place: number): { items: Items; item: number; before: Partials; parent: number } {
    return {
      ...at(this.sources, at(this.source, place)),
      item: at(this.item, place),
      parent: at(this.parent, place),
    };
  }

  private makeRoom(): boolean {
    if (this.length >= this.thinAt) {
      this.reorder(this.needed());
      this.thinAt = Math.max(shortest, 2 * this.length);
      if (this.length > this.most / 2) return false;
    }
    if (this.length === this.priced.length) this.resize(2 * this.length);
    return true;
  }

  /** Of partial networks with equal costs the `keep` of least loss. */
  private needed(): Int32Array {
    const order = this.byPrice();
    const groups = new RowGroups(this.costs, this.length);
    const counts = new Int32Array(this.length);
    return order.filter((place) => {
      const group = groups.groupOf(place);
      const count = (counts[group] as number) + 1;
      counts[group] = count;
      return count <= this.keep;
    });
  }

  /** Places by ascending priced loss. */
  byPrice(): Int32Array {
    return placesBy(this.priced, this.length);
  }

  /** Leaves the partial networks at these places, in their order. */
  reorder(places: Int32Array): void {
    const { priced, source, item, parent } = this;
    this.length = places.length;
    this.priced = new Float64Array(priced.length);
    this.source = new Int16Array(priced.length);
    this.item = new Int32Array(priced.length);
    this.parent = new Int32Array(priced.length);
    for (let n = 0; n < places.length; n++) {
      const place = places[n] as number;
      this.priced[n] = priced[place] as number;
      this.source[n] = source[place] as number;
      this.item[n] = item[place] as number;
      this.parent[n] = parent[place] as number;
    }
    this.costs = this.costs.map((column) => {
      const reordered = new Float64Array(column.length);
      for (let n = 0; n < places.length; n++) {
        reordered[n] = column[places[n] as number] as number;
      }
      return reordered;
    });
  }

  private resize(capacity: number): void {
    const grow = <T extends Float64Array | Int32Array | Int16Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.priced = grow(this.priced, new Float64Array(capacity));
    this.costs = this.costs.map((column) => grow(column, new Float64Array(capacity)));
    this.source = grow(this.source, new Int16Array(capacity));
    this.item = grow(this.item, new Int32Array(capacity));
    this.parent = grow(this.parent, new Int32Array(capacity));
  }
}

/** The first `length` places by ascending value. */
export function placesBy(values: Float64Array, length: number): Int32Array {
  const places = new Int32Array(length);
  for (let i = 0; i < length; i++) places[i] = i;
  return places.sort((a, b) => (values[a] as number) - (values[b] as number));
}
