import { expect, test } from 'vitest';
import { logTicks } from './log-ticks.ts';

test('many decades have powers of ten, too many every second or third', () => {
  expect(logTicks({ min: 5e-6, max: 3 })).toEqual([1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]);
  expect(logTicks({ min: 1e-12, max: 1 }, 5)).toEqual([1e-12, 1e-9, 1e-6, 1e-3, 1]);
});

test('one or two decades have doubles and fives', () => {
  expect(logTicks({ min: 0.03, max: 1.2 })).toEqual([0.05, 0.1, 0.2, 0.5, 1]);
});

test('less than a decade has evenly round values', () => {
  expect(logTicks({ min: 0.61, max: 0.84 })).toEqual([0.65, 0.7, 0.75, 0.8].map(near));
});

function near(value: number) {
  return expect.closeTo(value, 9);
}
