import { expect, test } from 'vitest';
import { meanCurve } from './mean-curve.ts';

test('the mean is where all curves are', () => {
  const curves = [
    { steps: [1, 2, 4], values: [1, 2, 4] },
    { steps: [2, 3, 4], values: [4, 9, 8] },
  ];
  expect(meanCurve(curves)).toEqual({ steps: [2, 4], values: [3, 6] });
  expect(meanCurve([])).toEqual({ steps: [], values: [] });
});
