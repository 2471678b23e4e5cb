import { createRandom } from '@blockwise/dna';
import { expect, test } from 'vitest';
import { sampleBeta, sampleLogGamma } from './beta.ts';

const draws = 40_000;

/** Mean and variance of draws. */
function moments(draw: () => number) {
  const values = Array.from({ length: draws }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / draws;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws;
  return { mean, variance };
}

test.each([0.2, 0.7, 1, 3.5, 10])(
  'gamma numbers of shape %d have mean and variance %d',
  (shape) => {
    const random = createRandom('gamma', shape);
    const { mean, variance } = moments(() => Math.exp(sampleLogGamma(shape, random)));
    // Five deviations of the mean; of the variance, whose own variance is (3 k² + 6 k - k²) / n.
    expect(Math.abs(mean - shape)).toBeLessThan(5 * Math.sqrt(shape / draws));
    const deviation = Math.sqrt((2 * shape ** 2 + 6 * shape) / draws);
    expect(Math.abs(variance - shape)).toBeLessThan(5 * deviation);
  },
);

test.each([
  [0.2, 0.2],
  [1, 1],
  [2, 5],
  [0.5, 3],
])('beta numbers of %d and %d have the known mean and variance', (a, b) => {
  const random = createRandom('beta', a, b);
  const { mean, variance } = moments(() => sampleBeta(a, b, random));
  const expected = (a * b) / ((a + b) ** 2 * (a + b + 1));
  expect(Math.abs(mean - a / (a + b))).toBeLessThan(5 * Math.sqrt(expected / draws));
  expect(Math.abs(variance / expected - 1)).toBeLessThan(0.04);
});

test('beta of 1 and 1 is uniform', () => {
  const random = createRandom('uniform');
  const tenths = new Array<number>(10).fill(0);
  for (let i = 0; i < draws; i++) {
    const tenth = Math.floor(10 * sampleBeta(1, 1, random));
    tenths[tenth] = (tenths[tenth] as number) + 1;
  }
  // 4,000 expected, deviation 60.
  expect(Math.min(...tenths)).toBeGreaterThan(3700);
  expect(Math.max(...tenths)).toBeLessThan(4300);
});

test('tiny parameters give almost always 0 or 1, each as often', () => {
  const random = createRandom('tiny');
  const values = Array.from({ length: 2000 }, () => sampleBeta(0.001, 0.001, random));
  expect(values.filter((value) => value < 1e-6 || value > 1 - 1e-6).length).toBeGreaterThan(1900);
  expect(Math.abs(values.filter((value) => value > 0.5).length - 1000)).toBeLessThan(120);
});
