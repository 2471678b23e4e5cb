import type { Curve } from '../live/curve-store.ts';
import type { ChartSeries } from './curve-layer.ts';
import type { NumberRange } from './number-range.ts';
import { type CurveScale, firstAtLeast } from './trace-curve.ts';

/** A point of a curve. */
export interface Reading {
  readonly step: number;
  readonly value: number;
}

/** The point of a curve whose step is nearest; undefined for a curve without points. */
export function readNear({ steps, values }: Curve, step: number): Reading | undefined {
  const after = Math.min(steps.length - 1, firstAtLeast(steps, step));
  const before = Math.max(0, after - 1);
  const distance = (at: number) => Math.abs((steps[at] ?? Number.POSITIVE_INFINITY) - step);
  const at = distance(before) <= distance(after) ? before : after;
  const [own, value] = [steps[at], values[at]];
  return own === undefined || value === undefined ? undefined : { step: own, value };
}

/** The step of a curve that comes after (or, with a negative direction, before) a step. */
export function stepBeside({ steps }: Curve, step: number, direction: number): number {
  const at =
    direction > 0 ? firstAtLeast(steps, step + 1e-9) : firstAtLeast(steps, step - 1e-9) - 1;
  return steps[Math.min(steps.length - 1, Math.max(0, at))] ?? step;
}

/** Name of the series that passes nearest below or above a spot, at most `reach` pixels away. */
export function seriesNear(
  series: readonly ChartSeries[],
  { x, y }: CurveScale,
  spot: { readonly step: number; readonly y: number },
  reach: number,
): string | undefined {
  let best: string | undefined;
  let nearest = reach;
  for (const { name, curve } of series) {
    const reading = readNear(curve, spot.step);
    if (reading === undefined) continue;
    const distance = Math.hypot(x(reading.step) - x(spot.step), y(reading.value) - spot.y);
    if (distance < nearest) {
      nearest = distance;
      best = name;
    }
  }
  return best;
}

/** First and last step of all series; undefined when none has a point. */
export function stepsOf(series: readonly ChartSeries[]): NumberRange | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const {
    curve: { steps },
  } of series) {
    const [first, last] = [steps[0], steps[steps.length - 1]];
    if (first === undefined || last === undefined) continue;
    min = Math.min(min, first);
    max = Math.max(max, last);
  }
  return min > max ? undefined : { min, max };
}

/** Least and greatest value in sight; only those above zero for a logarithmic axis. */
export function valuesOf(
  series: readonly ChartSeries[],
  steps: NumberRange,
  isLogarithmic: boolean,
): NumberRange | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const { curve } of series) {
    const end = firstAtLeast(curve.steps, steps.max + 1e-9);
    for (let at = firstAtLeast(curve.steps, steps.min); at < end; at++) {
      const value = curve.values[at] ?? Number.NaN;
      if (!Number.isFinite(value) || (isLogarithmic && value <= 0)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min > max ? undefined : { min, max };
}
