/** A point of a chart in pixels. */
export interface PixelPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * SVG path of a falling front: level from each point to the next one's x, then down, and level to
 * `right`; that is what can be reached with at most so much of x. Empty without points.
 */
export function staircase(points: readonly PixelPoint[], right: number): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const steps = rest.map(({ x, y }) => `H${short(x)}V${short(y)}`);
  return `M${short(first.x)} ${short(first.y)}${steps.join('')}H${short(right)}`;
}

/** Tenths of a pixel cannot be seen. */
function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
