import { expect, test } from 'vitest';
import { refined } from './refined.ts';

const curve = { steps: [10, 20, 30, 40, 50], values: [1, 2, 3, 4, 5] };

test('inside of the window are the finer points, outside what was there', () => {
  const finer = { steps: [20, 25, 30], values: [2, 9, 3] };
  expect(refined(curve, finer, { min: 15, max: 35 })).toEqual({
    steps: [10, 20, 25, 30, 40, 50],
    values: [1, 2, 9, 3, 4, 5],
  });
});

test('what came after the finer points were read stays', () => {
  const finer = { steps: [20, 25], values: [2, 9] };
  expect(refined(curve, finer, { min: 15, max: 99 }).steps).toEqual([10, 20, 25, 30, 40, 50]);
});

test('no finer point changes nothing', () => {
  expect(refined(curve, { steps: [], values: [] }, { min: 1, max: 2 })).toBe(curve);
});
