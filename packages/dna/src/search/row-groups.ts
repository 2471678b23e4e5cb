import { at } from './at.ts';

/**
 * Numbers groups of rows with equal values in every column, by the order of their first rows: a
 * hash table with open addressing, because the search groups hundred thousands of rows at a time.
 */
export class RowGroups {
  private readonly columns: readonly Float64Array[];
  private readonly slots: Int32Array;
  /** The first row of every group. */
  readonly firsts: number[] = [];
  private readonly bits = new Float64Array(1);
  private readonly words = new Int32Array(this.bits.buffer);

  /** @param capacity the most rows that will be asked for */
  constructor(columns: readonly Float64Array[], capacity: number) {
    this.columns = columns;
    let size = 16;
    while (size < 2 * capacity) size *= 2;
    this.slots = new Int32Array(size).fill(-1);
  }

  /** Groups so far. */
  get count(): number {
    return this.firsts.length;
  }

  /** The group of a row, a new one where no equal row was asked for before. */
  groupOf(row: number): number {
    const mask = this.slots.length - 1;
    for (let slot = this.hash(row) & mask; ; slot = (slot + 1) & mask) {
      const group = this.slots[slot] as number;
      if (group === -1) {
        this.slots[slot] = this.firsts.length;
        return this.firsts.push(row) - 1;
      }
      if (this.isEqual(row, at(this.firsts, group))) return group;
    }
  }

  private isEqual(row: number, other: number): boolean {
    for (const column of this.columns) {
      if (column[row] !== column[other]) return false;
    }
    return true;
  }

  private hash(row: number): number {
    let hash = 0;
    for (const column of this.columns) {
      // + 0 makes one zero of the two.
      this.bits[0] = (column[row] as number) + 0;
      hash = Math.imul(hash ^ (this.words[0] as number), 0x9e3779b1);
      hash = Math.imul(hash ^ (this.words[1] as number) ^ (hash >>> 15), 0x85ebca6b);
    }
    return hash ^ (hash >>> 13);
  }
}
