import { expect, test } from 'vitest';
import { boundsOf, windows } from './windows.ts';

const now = new Date(2026, 2, 10, 14, 25, 31);

test.each(windows)('%s: parts follow each other, and now is in the last one', (window) => {
  const bounds = boundsOf(window, now);
  for (const [i, at] of bounds.entries()) {
    if (i > 0) expect(at.getTime()).toBeGreaterThan((bounds[i - 1] as Date).getTime());
  }
  expect(bounds.at(-1)?.getTime()).toBeGreaterThan(now.getTime());
  expect(bounds.at(-2)?.getTime()).toBeLessThanOrEqual(now.getTime());
  expect(boundsOf(window, new Date(2026, 2, 10, 14, 59))).toEqual(bounds);
});

test('days and weeks begin at midnight, hours at whole hours', () => {
  expect(boundsOf('week', now)).toHaveLength(8);
  expect(boundsOf('week', now)[0]).toEqual(new Date(2026, 2, 4));
  expect(boundsOf('quarter', now)[12]).toEqual(new Date(2026, 2, 4));
  expect(boundsOf('day', now).at(-1)).toEqual(new Date(2026, 2, 10, 15));
  expect(boundsOf('day', now)[0]).toEqual(new Date(2026, 2, 9, 15));
});
