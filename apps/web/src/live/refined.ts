import type { NumberRange } from '../charts/number-range.ts';
import { firstAtLeast } from '../charts/trace-curve.ts';
import type { Curve } from './curve-store.ts';

/**
 * A curve with finer points inside of a window; points that came behind the last of the finer ones, while
 * the curve grows, stay.
 */
export function refined(curve: Curve, finer: Curve, window: NumberRange): Curve {
  const last = finer.steps[finer.steps.length - 1];
  if (last === undefined) return curve;
  const before = firstAtLeast(curve.steps, window.min);
  const after = firstAtLeast(curve.steps, last + 1);
  const joined = (column: 'steps' | 'values') => {
    const own = Array.from(curve[column]);
    return [...own.slice(0, before), ...Array.from(finer[column]), ...own.slice(after)];
  };
  return { steps: joined('steps'), values: joined('values') };
}
