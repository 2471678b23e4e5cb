/** Which points of a long curve are shown. */
export type Sampling = 'NONE' | 'MIN_MAX' | 'LAST';

/** Points of one curve as columns of one length, steps ascending. */
export interface CurveColumns {
  readonly steps: readonly number[];
  readonly values: readonly number[];
  readonly wallTimes: readonly number[];
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
      return pick(curve, lastPositions(curve, maxPoints));
    case 'MIN_MAX':
      return pick(curve, extremePositions(curve, maxPoints));
    default:
      return sampling satisfies never;
  }
}

function lastPositions({ steps }: CurveColumns, maxPoints: number): number[] {
  return Array.from({ length: maxPoints }, (_, i) => steps.length - maxPoints + i);
}

function extremePositions({ steps, values }: CurveColumns, maxPoints: number): number[] {
  const buckets = Math.max(1, Math.floor(maxPoints / 2));
  const first = steps[0] ?? 0;
  const range = (steps.at(-1) ?? 0) - first + 1;
  const least = new Map<number, number>();
  const greatest = new Map<number, number>();
  for (const [i, step] of steps.entries()) {
    const bucket = Math.floor(((step - first) / range) * buckets);
    keep(least, bucket, i, (held, value) => value < held);
    keep(greatest, bucket, i, (held, value) => value > held);
  }
  const positions = new Set([...least.values(), ...greatest.values()]);
  const ordered = [...positions].sort((a, b) => a - b);
  // Room for a single point: one bucket, of whose two extremes the earlier stays.
  return ordered.slice(0, maxPoints);

  function keep(
    held: Map<number, number>,
    bucket: number,
    i: number,
    beats: (held: number, value: number) => boolean,
  ): void {
    const current = held.get(bucket);
    if (current === undefined || beats(values[current] ?? 0, values[i] ?? 0)) {
      held.set(bucket, i);
    }
  }
}

function pick(curve: CurveColumns, positions: readonly number[]): CurveColumns {
  const column = (values: readonly number[]) => positions.map((i) => values[i] ?? 0);
  return {
    steps: column(curve.steps),
    values: column(curve.values),
    wallTimes: column(curve.wallTimes),
  };
}
