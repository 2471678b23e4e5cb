import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestOfRandom } from './best-of-random.ts';

describe('the best of networks drawn at random', () => {
  it('is the mean for one draw, the best of all for all, by hand for two of three', () => {
    expect(bestOfRandom([1, 2, 6], 1)).toBeCloseTo(3, 12);
    expect(bestOfRandom([1, 2, 6], 3)).toBeCloseTo(6, 12);
    // Best of {1, 2}, {1, 6}, {2, 6}.
    expect(bestOfRandom([6, 1, 2], 2)).toBeCloseTo((2 + 6 + 6) / 3, 12);
  });

  it('is the mean over all choices', () => {
    const best = (list: number[], draws: number): number[] => {
      const [first, ...rest] = list;
      if (draws === 0) return [Number.NEGATIVE_INFINITY];
      if (first === undefined) return [];
      return [
        ...best(rest, draws - 1).map((other) => Math.max(first, other)),
        ...best(rest, draws),
      ];
    };
    const list = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(list, fc.nat(), (accuracies, n) => {
        const draws = 1 + (n % accuracies.length);
        const all = best(accuracies, draws);
        const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
        expect(bestOfRandom(accuracies, draws)).toBeCloseTo(mean, 9);
      }),
    );
  });

  it('stays exact for many networks', () => {
    const accuracies = Array.from({ length: 10_000 }, (_, i) => i + 1);
    // Of 1 to N the best of n is (N + 1) · n / (n + 1) on average.
    expect(bestOfRandom(accuracies, 500)).toBeCloseTo((10_001 * 500) / 501, 6);
  });

  it.each([0, 4, 1.5])('refuses %d draws from three', (draws) => {
    expect(() => bestOfRandom([1, 2, 3], draws)).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', path: ['draws'] }),
    );
  });
});
