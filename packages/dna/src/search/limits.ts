import type { CostAxis } from '../types.ts';
import type { Arc, Lattice } from './lattice.ts';

/** Inclusive bounds of one cost; infinite where there is none. */
export interface Limit {
  axis: CostAxis;
  min: number;
  max: number;
}

/** Least and greatest value that the rest of a network can add, by [boundary][state]. */
export interface RestRange {
  low: number[][];
  high: number[][];
}

/** Folds the lattice from its end: by [boundary][state] the best value of the rest of a network. */
export function foldRest(
  lattice: Lattice,
  ends: readonly number[],
  bestOf: (arc: Arc, rest: number) => number,
  better: (a: number, b: number) => number,
): number[][] {
  const rest: number[][] = [[...ends]];
  for (const [i, arcs] of [...lattice.stages.entries()].reverse()) {
    const after = rest[0] ?? [];
    const before = new Array<number | undefined>(lattice.states[i] ?? 0).fill(undefined);
    for (const arc of arcs) {
      const value = bestOf(arc, at(after, arc.to));
      const known = before[arc.from];
      before[arc.from] = known === undefined ? value : better(known, value);
    }
    rest.unshift(before.map((value) => value ?? Number.POSITIVE_INFINITY));
  }
  return rest;
}

/** The range of one cost that remains to be added after each boundary, the head included. */
export function restRange(lattice: Lattice, axis: CostAxis): RestRange {
  const ends = lattice.ends.map((end) => end[axis]);
  const extreme = (better: (a: number, b: number) => number) =>
    foldRest(
      lattice,
      ends,
      (arc, rest) => rest + arc.steps.map((step) => step[axis]).reduce((a, b) => better(a, b)),
      better,
    );
  return { low: extreme(Math.min), high: extreme(Math.max) };
}

/** Least and greatest cost of any network of the lattice. */
export function wholeRange(lattice: Lattice, axis: CostAxis): { low: number; high: number } {
  const { low, high } = restRange(lattice, axis);
  const start = lattice.start[axis];
  return { low: start + at(at(low, 0), 0), high: start + at(at(high, 0), 0) };
}

/** The limits without the bounds that every network satisfies anyway. */
export function withoutIdle(lattice: Lattice, limits: readonly Limit[]): Limit[] {
  return limits
    .map(({ axis, min, max }) => {
      const range = wholeRange(lattice, axis);
      return {
        axis,
        min: range.low >= min ? Number.NEGATIVE_INFINITY : min,
        max: range.high <= max ? Number.POSITIVE_INFINITY : max,
      };
    })
    .filter(({ min, max }) => Number.isFinite(min) || Number.isFinite(max));
}

/** The item at a position that is known to exist. */
export function at<T>(items: readonly T[], position: number): T {
  const item = items[position];
  if (item === undefined) {
    throw new Error(`nothing at position ${position} of ${items.length}`);
  }
  return item;
}
