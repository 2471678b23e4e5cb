import type { CurvePoints } from '@blockwise/db';
import { refuse } from '../refuse.ts';

const longestKey = 100;

/**
 * Curves whose columns fit together.
 *
 * @throws DomainError BAD_INPUT
 */
export function checkedCurves(curves: readonly CurvePoints[]): readonly CurvePoints[] {
  const keys = new Set<string>();
  for (const [i, { key, steps, values, wallTimes }] of curves.entries()) {
    const path = ['curves', i];
    if (key === '' || key.length > longestKey) {
      refuse('BAD_INPUT', `A key has 1 to ${longestKey} characters.`, [...path, 'key']);
    }
    if (keys.has(key)) {
      refuse('BAD_INPUT', `The curve ${key} is there twice.`, [...path, 'key']);
    }
    keys.add(key);
    if (values.length !== steps.length || wallTimes.length !== steps.length) {
      refuse('BAD_INPUT', 'The columns of a curve have one length.', path);
    }
    const back = steps.findIndex((step, at) => at > 0 && step <= (steps[at - 1] ?? 0));
    if (back !== -1) {
      refuse('BAD_INPUT', `The steps of a curve ascend; ${steps[back]} does not.`, [
        ...path,
        'steps',
        back,
      ]);
    }
  }
  return curves;
}
