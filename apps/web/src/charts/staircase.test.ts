import { expect, test } from 'vitest';
import { staircase } from './staircase.ts';

test('a front is level up to its next point, then falls', () => {
  const points = [
    { x: 10, y: 5 },
    { x: 20.04, y: 8 },
    { x: 40, y: 9.26 },
  ];
  expect(staircase(points, 100)).toBe('M10 5H20V8H40V9.3H100');
});

test('no point gives no path', () => {
  expect(staircase([], 100)).toBe('');
});
