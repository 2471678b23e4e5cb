/** Which points of a long curve are shown. */
export type Sampling = 'NONE' | 'MIN_MAX' | 'LAST';

/** Points of one curve as columns of one length, steps ascending. */
export interface CurveColumns {
  readonly steps: Int32Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  /** Seconds since the Unix epoch. */
  readonly wallTimes: Float64Array<ArrayBuffer>;
}

/**
 * Thins a curve to `maxPoints` at most.
 *
 * `LAST` keeps the newest ones. `MIN_MAX` divides the range of steps (not of points, so that a
 * curve with a gap keeps its shape) into equal buckets and keeps the least and the greatest value of
 * each, in the order of their steps: no spike disappears, none is invented, and the same points give
 * the same answer. Of equal values the earliest counts. `NONE` keeps all.
 */
export function sampleCurve(
  curve: CurveColumns,
  sampling: Sampling,
  maxPoints: number,
): CurveColumns {
  if (sampling === 'NONE' || curve.steps.length <= maxPoints) {
    return curve;
  }
  switch (sampling) {
    case 'LAST':
      return sliceCurve(curve, curve.steps.length - maxPoints, curve.steps.length);
    case 'MIN_MAX':
      return pick(curve, extremePositions(curve, maxPoints));
    default:
      return sampling satisfies never;
  }
}

/** The points from position `begin` up to `end`, exclusive. */
export function sliceCurve(curve: CurveColumns, begin: number, end: number): CurveColumns {
  return {
    steps: curve.steps.slice(begin, end),
    values: curve.values.slice(begin, end),
    wallTimes: curve.wallTimes.slice(begin, end),
  };
}

function extremePositions({ steps, values }: CurveColumns, maxPoints: number): number[] {
  const buckets = Math.max(1, Math.floor(maxPoints / 2));
  const first = steps[0] ?? 0;
  const range = (steps.at(-1) ?? 0) - first + 1;
  const positions: number[] = [];
  let bucket = 0;
  let least = 0;
  let greatest = 0;
  const close = (): void => {
    positions.push(Math.min(least, greatest));
    if (least !== greatest) positions.push(Math.max(least, greatest));
  };
  // Steps ascend, so buckets come one after the other.
  for (let i = 1; i < steps.length; i++) {
    const next = Math.floor((((steps[i] ?? 0) - first) / range) * buckets);
    if (next !== bucket) {
      close();
      bucket = next;
      least = i;
      greatest = i;
      continue;
    }
    const value = values[i] ?? 0;
    if (value < (values[least] ?? 0)) least = i;
    if (value > (values[greatest] ?? 0)) greatest = i;
  }
  close();
  // Room for a single point: one bucket, of whose two extremes the earlier stays.
  return positions.slice(0, maxPoints);
}

function pick(curve: CurveColumns, positions: readonly number[]): CurveColumns {
  return {
    steps: Int32Array.from(positions, (i) => curve.steps[i] ?? 0),
    values: Float64Array.from(positions, (i) => curve.values[i] ?? 0),
    wallTimes: Float64Array.from(positions, (i) => curve.wallTimes[i] ?? 0),
  };
}
