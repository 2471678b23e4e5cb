/** A network on two axes of which less is better. */
export interface FrontPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * How much of the box around both fronts each of them beats, 0..1: the area of what is no better
 * on either axis than one of its points, with the box scaled to 1 × 1. Greater is better, and only
 * the two of one call compare. On an axis on which all points are equal each counts as the best.
 */
export function hypervolumes(
  a: readonly FrontPoint[],
  b: readonly FrontPoint[],
): [a: number, b: number] {
  const both = [...a, ...b];
  const x = scaleOf(both.map((point) => point.x));
  const y = scaleOf(both.map((point) => point.y));
  const of = (front: readonly FrontPoint[]) =>
    dominatedArea(front.map((point) => ({ x: x(point.x), y: y(point.y) })));
  return [of(a), of(b)];
}

/** From the least to the greatest of the values, as 0 to 1. */
function scaleOf(values: readonly number[]): (value: number) => number {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return (value) => (greatest > least ? (value - least) / (greatest - least) : 0);
}

/** Of points in the unit square, up to its corner (1, 1): a strip for each step down. */
function dominatedArea(points: readonly FrontPoint[]): number {
  let area = 0;
  let lowest = 1;
  for (const { x, y } of points.toSorted((one, other) => one.x - other.x || one.y - other.y)) {
    if (y >= lowest) continue;
    area += (1 - x) * (lowest - y);
    lowest = y;
  }
  return area;
}
