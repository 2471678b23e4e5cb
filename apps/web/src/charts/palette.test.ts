import { expect, test } from 'vitest';
import { pointColour, seriesColour } from './palette.ts';

test('21 kinds of points have colours of their own, the first those of series', () => {
  const all = Array.from({ length: 21 }, (_, at) => pointColour(at));
  expect(new Set(all).size).toBe(21);
  expect(all.every((colour) => /^#[\da-f]{6}$/.test(colour))).toBe(true);
  expect(pointColour(3)).toBe(seriesColour(3));
});
