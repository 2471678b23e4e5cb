import { expect, test } from 'vitest';
import { channelStatistics } from './statistics.ts';

test('mean and population deviation per channel, in 0..1', () => {
  const images = Uint8Array.of(0, 10, 255, 255, 10, 255, 0, 20, 255, 255, 20, 255);
  const { mean, std } = channelStatistics({ count: 1, size: 2, images, labels: new Uint8Array(1) });
  expect(mean).toEqual([0.5, 15 / 255, 1]);
  expect(std[0]).toBeCloseTo(0.5, 12);
  expect(std[1]).toBeCloseTo(5 / 255, 12);
  expect(std[2]).toBe(0);
});
