import { expect, test } from 'vitest';
import { scaleLinear, ticks } from './linear-scale.ts';

test('the scale keeps all values inside its range', () => {
  const scale = scaleLinear([3, 7, 5], [100, 0]);
  for (const value of [3, 5, 7]) {
    expect(scale(value)).toBeGreaterThan(0);
    expect(scale(value)).toBeLessThan(100);
  }
  expect(scale(3)).toBeGreaterThan(scale(7));
});

test('equal values and no values still give a scale', () => {
  expect(Number.isFinite(scaleLinear([2, 2], [0, 10])(2))).toBe(true);
  expect(Number.isFinite(scaleLinear([0], [0, 10])(0))).toBe(true);
  expect(Number.isFinite(scaleLinear([], [0, 10])(0.5))).toBe(true);
});

test.each([[[0, 1]], [[0.231, 0.412]], [[1.2e6, 9.9e6]], [[-3, 4]], [[2.9e6, 13.3e6]]] as const)(
  'ticks of %j are few, round and inside',
  ([low, high]) => {
    const values = ticks([low, high]);
    expect(values.length).toBeGreaterThanOrEqual(3);
    expect(values.length).toBeLessThanOrEqual(10);
    for (const value of values) {
      expect(value).toBeGreaterThanOrEqual(low);
      expect(value).toBeLessThanOrEqual(high);
    }
  },
);

test('where there is little room there are fewer ticks, still round', () => {
  expect(ticks([0, 9.7])).toEqual([0, 2, 4, 6, 8]);
  expect(ticks([0, 9.7], 3)).toEqual([0, 5]);
});
