import { expect, test } from 'vitest';
import { sparkPath } from './spark-path.ts';

test('a loss that halves again and again is a straight line down', () => {
  const curve = { steps: [0, 1, 2], values: [4, 2, 1] };
  expect(sparkPath(curve, 100, 30)).toBe('M0.0 0.0L50.0 15.0L100.0 30.0');
});

test('a long curve is told by the means of its parts', () => {
  const steps = Array.from({ length: 960 }, (_, step) => step);
  const path = sparkPath({ steps, values: steps.map((step) => 2 + (step % 2)) }, 100, 30);
  expect(path.split('L')).toHaveLength(48);
});

test.each([
  [[], []],
  [[1], [2]],
  [
    [1, 2],
    [0, -1],
  ],
])('steps %j with values %j are no line', (steps, values) => {
  expect(sparkPath({ steps, values }, 100, 30)).toBe('');
});
