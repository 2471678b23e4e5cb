import { at } from './at.ts';

/**
 * Points of which none is at least as small as another in both coordinates, by ascending x (and so
 * descending y). Each knows by which step it was reached and from which point of the list before.
 */
export interface Staircase {
  x: Float64Array;
  y: Float64Array;
  /** Position of the arc in its block. */
  arc: Int32Array;
  row: Int32Array;
  /** State and place of the point that was extended. */
  state: Int32Array;
  place: Int32Array;
}

export const noPoints: Staircase = stairs(0);

/** A list of one point that nothing leads to. */
export function onePoint(x: number, y: number): Staircase {
  const point = stairs(1);
  point.x[0] = x;
  point.y[0] = y;
  return point;
}

/** The points of both that no other beats; of equals one. */
export function merge(a: Staircase, b: Staircase): Staircase {
  const merged = stairs(a.x.length + b.x.length);
  let lowest = Number.POSITIVE_INFINITY;
  let [i, j, n] = [0, 0, 0];
  while (i < a.x.length || j < b.x.length) {
    const isFromA = j === b.x.length || (i < a.x.length && isFirst(a, i, b, j));
    const from = isFromA ? a : b;
    const k = isFromA ? i++ : j++;
    if ((from.y[k] as number) < lowest) {
      lowest = from.y[k] as number;
      copyPoint(from, k, merged, n++);
    }
  }
  return slice(merged, n);
}

/** The rows of two columns that no other row beats, by ascending x. */
export function undominatedRows(x: Float64Array, y: Float64Array): number[] {
  const order = Array.from(x.keys()).sort((a, b) => at(x, a) - at(x, b) || at(y, a) - at(y, b));
  let lowest = Number.POSITIVE_INFINITY;
  return order.filter((row) => {
    const isLower = at(y, row) < lowest;
    if (isLower) lowest = at(y, row);
    return isLower;
  });
}

/** A step that every point of a list can take. */
export interface Extension {
  arc: number;
  row: number;
  x: number;
  y: number;
}

/** The best points that any of the steps leads to, by halves: merging two lists drops most points. */
export function extendBy(list: Staircase, state: number, steps: readonly Extension[]): Staircase {
  const [first] = steps;
  if (first === undefined) return noPoints;
  if (steps.length === 1) return shifted(list, state, first);
  const half = steps.length >> 1;
  return merge(
    extendBy(list, state, steps.slice(0, half)),
    extendBy(list, state, steps.slice(half)),
  );
}

function shifted(list: Staircase, state: number, { arc, row, x, y }: Extension): Staircase {
  return {
    x: list.x.map((value) => value + x),
    y: list.y.map((value) => value + y),
    arc: new Int32Array(list.x.length).fill(arc),
    row: new Int32Array(list.x.length).fill(row),
    state: new Int32Array(list.x.length).fill(state),
    place: Int32Array.from(list.x.keys()),
  };
}

function isFirst(a: Staircase, i: number, b: Staircase, j: number): boolean {
  const difference = (a.x[i] as number) - (b.x[j] as number);
  return difference < 0 || (difference === 0 && (a.y[i] as number) <= (b.y[j] as number));
}

function stairs(length: number): Staircase {
  return {
    x: new Float64Array(length),
    y: new Float64Array(length),
    arc: new Int32Array(length),
    row: new Int32Array(length),
    state: new Int32Array(length),
    place: new Int32Array(length),
  };
}

function copyPoint(from: Staircase, i: number, to: Staircase, j: number): void {
  to.x[j] = from.x[i] as number;
  to.y[j] = from.y[i] as number;
  to.arc[j] = from.arc[i] as number;
  to.row[j] = from.row[i] as number;
  to.state[j] = from.state[i] as number;
  to.place[j] = from.place[i] as number;
}

function slice(points: Staircase, length: number): Staircase {
  return {
    x: points.x.slice(0, length),
    y: points.y.slice(0, length),
    arc: points.arc.slice(0, length),
    row: points.row.slice(0, length),
    state: points.state.slice(0, length),
    place: points.place.slice(0, length),
  };
}
