import { expect, test } from 'vitest';
import { boundAt, mostPosition, openPosition, positionOf } from './slider-scale.ts';

const range = { min: 1_755_200, max: 5_012_345 };

test('the open end is no limit, the other end the range’s own, whole and exact', () => {
  expect(boundAt(openPosition('max'), 'max', range, true)).toBeUndefined();
  expect(boundAt(openPosition('min'), 'min', range, true)).toBeUndefined();
  expect(boundAt(0, 'max', range, true)).toBe(1_755_200);
  expect(boundAt(mostPosition, 'min', range, true)).toBe(5_012_345);
});

test('bounds between have three digits, stay in the range, and are found again', () => {
  expect(boundAt(100, 'max', range, true)).toBe(3_380_000);
  for (let position = 1; position < mostPosition; position++) {
    const value = boundAt(position, 'max', range, true) ?? 0;
    expect(value).toBeGreaterThanOrEqual(range.min);
    expect(Math.abs(positionOf(value, 'max', range) - position)).toBeLessThanOrEqual(1);
  }
  expect(boundAt(100, 'max', { min: 0.51, max: 1.5 }, false)).toBe(1);
});

test('a typed bound beyond the range stands at its end, but is no open one', () => {
  expect(positionOf(9e9, 'max', range)).toBe(mostPosition - 1);
  expect(positionOf(1, 'max', range)).toBe(0);
  expect(positionOf(1, 'min', range)).toBe(1);
  expect(positionOf(undefined, 'max', range)).toBe(mostPosition);
  expect(positionOf(5, 'max', { min: 5, max: 5 })).toBe(0);
});
