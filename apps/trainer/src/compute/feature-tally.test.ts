import { expect, test } from 'vitest';
import { FeatureTally, sumOfUses } from './feature-tally.ts';

test('what was read is worth what it would have taken, less what was spent', () => {
  const tally = new FeatureTally();
  expect(tally.use).toBeNull();
  tally.computed(4, 2);
  tally.read(10, 400, 0.5);
  tally.read(2, 80, 0.25);
  const use = { hits: 12, misses: 4, bytesRead: 480, seconds: 2, savedSeconds: 3.5 };
  expect(tally.use).toEqual(use);
  tally.read(1, 40, null);
  expect(tally.use).toEqual({ ...use, hits: 13, bytesRead: 520, savedSeconds: null });
  expect(sumOfUses(use, use)).toEqual({
    hits: 24,
    misses: 8,
    bytesRead: 960,
    seconds: 4,
    savedSeconds: 7,
  });
});
