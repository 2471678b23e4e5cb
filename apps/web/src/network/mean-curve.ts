import type { Curve } from '../live/curve-store.ts';

/** The mean of curves at the steps that all of them have. */
export function meanCurve(curves: readonly Curve[]): Curve {
  const [first, ...rest] = curves.map(({ steps, values }) => ({
    steps: Array.from(steps),
    valueAt: new Map(Array.from(steps, (step, at) => [step, values[at] ?? Number.NaN])),
  }));
  if (first === undefined) return { steps: [], values: [] };
  const steps = first.steps.filter((step) => rest.every(({ valueAt }) => valueAt.has(step)));
  const values = steps.map(
    (step) =>
      [first, ...rest].reduce((sum, { valueAt }) => sum + (valueAt.get(step) ?? 0), 0) /
      curves.length,
  );
  return { steps, values };
}
