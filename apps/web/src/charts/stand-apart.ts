import type { PixelPoint } from './staircase.ts';

/** For each point whether it keeps `distance` pixels from all those before it that do so themselves. */
export function standApart(points: readonly PixelPoint[], distance: number): boolean[] {
  const kept: PixelPoint[] = [];
  return points.map((point) => {
    const isApart = kept.every(({ x, y }) => Math.hypot(x - point.x, y - point.y) >= distance);
    if (isApart) kept.push(point);
    return isApart;
  });
}
