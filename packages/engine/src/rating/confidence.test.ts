import { createRandom } from '@blockwise/dna';
import { describe, expect, it } from 'vitest';
import { meanHalfWidth, studentQuantile, weightedMean } from './confidence.ts';

describe('studentQuantile', () => {
  it.each([
    [1, 12.7062],
    [4, 2.7764],
    [10, 2.2281],
    [11, 2.201],
    [19, 2.093],
    [30, 2.0423],
    [120, 1.9799],
  ])('of %i degrees of freedom is the printed table’s %f', (freedom, expected) => {
    expect(studentQuantile(freedom)).toBeCloseTo(expected, 3);
  });
});

describe('meanHalfWidth', () => {
  it('is t · s / √B for batches of one size', () => {
    // 1, 2, 3, 4: s² = 5/3.
    const expected = (3.1824 * Math.sqrt(5 / 3)) / Math.sqrt(4);
    expect(meanHalfWidth([1, 2, 3, 4], [64, 64, 64, 64])).toBeCloseTo(expected, 10);
    expect(meanHalfWidth([2, 2, 2], [64, 64, 10])).toBe(0);
  });

  it('covers the mean of the images about 95 times in 100, also with a small last batch', () => {
    const random = createRandom('coverage');
    const images = [8, 8, 8, 8, 3];
    let covered = 0;
    const trials = 2000;
    for (let trial = 0; trial < trials; trial++) {
      const values = images.map((count) => random.normal() / Math.sqrt(count));
      if (Math.abs(weightedMean(values, images)) <= meanHalfWidth(values, images)) covered += 1;
    }
    // Five standard deviations of a share of 0.95 over 2000 trials are 0.024.
    expect(Math.abs(covered / trials - 0.95)).toBeLessThan(0.025);
  });
});
