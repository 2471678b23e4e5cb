import { at } from './at.ts';

/** What is known of a concave function at a point. */
export interface Cut {
  /** Undefined where the point is outside of the function's domain. */
  value: number | undefined;
  /** A supergradient; outside of the domain the direction back into it, of length 1. */
  direction: Float64Array;
  /** Outside of the domain: how far it is to its border in that direction. */
  depth: number;
}

/** When to end. */
export interface Precision {
  /** The maximum in the first ball is at most this much above the value found. */
  error: number;
  evaluations: number;
  /** A value that is enough. */
  enough: number;
}

/**
 * Maximum of a concave function that need not be smooth, by the ellipsoid method with deep cuts
 * (Shor; Grötschel, Lovász and Schrijver, "Geometric Algorithms and Combinatorial Optimization",
 * 3.2): every supergradient cuts off a half-space, the smallest ellipsoid around the remaining half
 * gives the next point. The ellipsoid is kept as the image of a ball, centre + factor · ball, which
 * stays positive definite in floating point.
 *
 * @param radius of the ball around 0 in which the maximum is sought
 */
export function maximise(
  dimensions: number,
  radius: number,
  at0: (point: Float64Array) => Cut,
  { error, evaluations, enough }: Precision,
): { point: Float64Array; value: number } {
  const n = dimensions;
  const centre = new Float64Array(n);
  const factor = Array.from({ length: n }, (_, i) => new Float64Array(n).fill(radius, i, i + 1));
  const inBall = new Float64Array(n);
  const towards = new Float64Array(n);
  const best = { point: centre.slice(), value: Number.NEGATIVE_INFINITY };
  for (let evaluation = 0; evaluation < evaluations; evaluation++) {
    const { value, direction, depth: outside } = at0(centre);
    if (value !== undefined && value > best.value) {
      best.value = value;
      best.point.set(centre);
    }
    const depth = value === undefined ? outside : best.value - value;
    const reach = rotate(factor, direction, inBall, towards);
    // Nothing in the ellipsoid is more than `reach` above the centre.
    const settled = value !== undefined && reach - depth <= error;
    if (!(reach > 0) || depth >= reach || settled || best.value >= enough) break;
    shrink(centre, factor, inBall, towards, depth / reach);
  }
  return best;
}

/**
 * The farthest point of the ellipsoid in a direction: `inBall` is its place on the ball, `towards`
 * its distance from the centre.
 *
 * @returns how far the linear function of that direction rises up to it
 */
function rotate(
  factor: readonly Float64Array[],
  direction: Float64Array,
  inBall: Float64Array,
  towards: Float64Array,
): number {
  const n = direction.length;
  let square = 0;
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (at(factor, i)[j] as number) * (direction[i] as number);
    inBall[j] = sum;
    square += sum * sum;
  }
  const reach = Math.sqrt(square);
  if (!(reach > 0)) return 0;
  for (let j = 0; j < n; j++) inBall[j] = (inBall[j] as number) / reach;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (at(factor, i)[j] as number) * (inBall[j] as number);
    towards[i] = sum;
  }
  return reach;
}

/** Goes on to the smallest ellipsoid around the part beyond `alpha` of the way to the farthest point. */
function shrink(
  centre: Float64Array,
  factor: readonly Float64Array[],
  inBall: Float64Array,
  towards: Float64Array,
  alpha: number,
): void {
  const n = centre.length;
  const step = (1 + n * alpha) / (n + 1);
  // In one dimension the formulas for the two scales have a limit: half of what remains.
  const across = n === 1 ? 0 : Math.sqrt(((n * n) / (n * n - 1)) * (1 - alpha * alpha));
  const along =
    n === 1
      ? (1 - alpha) / 2
      : across * Math.sqrt(((n - 1) * (1 - alpha)) / ((n + 1) * (1 + alpha)));
  for (let i = 0; i < n; i++) {
    centre[i] = (centre[i] as number) + step * (towards[i] as number);
    const row = at(factor, i);
    for (let j = 0; j < n; j++) {
      row[j] =
        across * (row[j] as number) +
        (along - across) * (towards[i] as number) * (inBall[j] as number);
    }
  }
}
