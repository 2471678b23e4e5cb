import { expect, test } from 'vitest';
import { readNear, seriesNear, stepBeside, stepsOf, valuesOf } from './curve-reading.ts';

const curve = { steps: [10, 20, 40], values: [3, 0, 5] };
const series = [
  { name: 'a', curve, colour: 0 },
  { name: 'b', curve: { steps: [5, 25], values: [8, 9] }, colour: 1 },
  { name: 'empty', curve: { steps: [], values: [] }, colour: 2 },
];

test('what is read is the nearest point', () => {
  expect(readNear(curve, 14)).toEqual({ step: 10, value: 3 });
  expect(readNear(curve, 31)).toEqual({ step: 40, value: 5 });
  expect(readNear(curve, 999)).toEqual({ step: 40, value: 5 });
  expect(readNear({ steps: [], values: [] }, 1)).toBeUndefined();
});

test('keys go from point to point and stop at the ends', () => {
  expect(stepBeside(curve, 20, 1)).toBe(40);
  expect(stepBeside(curve, 40, 1)).toBe(40);
  expect(stepBeside(curve, 20, -1)).toBe(10);
  expect(stepBeside(curve, 10, -1)).toBe(10);
});

test('all steps, and the values in sight', () => {
  expect(stepsOf(series)).toEqual({ min: 5, max: 40 });
  expect(stepsOf([])).toBeUndefined();
  expect(valuesOf(series, { min: 10, max: 20 }, false)).toEqual({ min: 0, max: 3 });
  expect(valuesOf(series, { min: 10, max: 20 }, true)).toEqual({ min: 3, max: 3 });
  expect(valuesOf(series, { min: 11, max: 12 }, false)).toBeUndefined();
});

test('the nearest series is named, if it is near at all', () => {
  const scale = { x: (step: number) => step, y: (value: number) => 10 * value, pixelsPerStep: 1 };
  expect(seriesNear(series, scale, { step: 24, y: 85 }, 20)).toBe('b');
  expect(seriesNear(series, scale, { step: 11, y: 35 }, 20)).toBe('a');
  expect(seriesNear(series, scale, { step: 11, y: 500 }, 20)).toBeUndefined();
});
