import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageRanks, kendallTau, partial, pearsonR } from './rank.ts';

const spearmanRho = (a: readonly number[], b: readonly number[]) =>
  pearsonR(averageRanks(a), averageRanks(b));

const statistics: [string, typeof kendallTau][] = [
  ['τ', kendallTau],
  ['ρ', spearmanRho],
  ['R', pearsonR],
];

/** Few different values, so that there are ties. */
const pairs = fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 })), {
  minLength: 2,
  maxLength: 30,
});

it('τ is what counting all pairs gives', () => {
  fc.assert(
    fc.property(pairs, (list) => {
      let [order, untiedA, untiedB] = [0, 0, 0];
      for (const [i, [a, b]] of list.entries()) {
        for (const [otherA, otherB] of list.slice(0, i)) {
          order += Math.sign(a - otherA) * Math.sign(b - otherB);
          untiedA += Math.abs(Math.sign(a - otherA));
          untiedB += Math.abs(Math.sign(b - otherB));
        }
      }
      const tau = kendallTau(
        list.map(([a]) => a),
        list.map(([, b]) => b),
      );
      expect(tau).toBe(order / Math.sqrt(untiedA * untiedB));
    }),
  );
});

describe('ties', () => {
  it('are corrected for in τ-b and share their mean rank in ρ', () => {
    // By hand: 5 concordant, 0 discordant pairs, one tie in each list: τ-b = 4 / 5.
    expect(kendallTau([1, 2, 2, 3], [1, 1, 2, 3])).toBeCloseTo(0.8, 12);
    // Ranks 1, 2.5, 2.5, 4 and 1.5, 1.5, 3, 4.
    expect(spearmanRho([1, 2, 2, 3], [1, 1, 2, 3])).toBeCloseTo(3.75 / 4.5, 12);
  });
});

describe('the partial correlation', () => {
  it('is what is left at a fixed third list', () => {
    // Squared differences of ranks 2, 6 and 2: ρ = 1 − 6 · 2 / 60 = 0.8, 0.4 and 0.8.
    const [a, b, fixed] = [
      [1, 2, 3, 4],
      [2, 1, 3, 4],
      [3, 1, 2, 4],
    ] as const;
    const [ab, ac, bc] = [spearmanRho(a, b), spearmanRho(a, fixed), spearmanRho(b, fixed)] as const;
    expect([ab, ac, bc]).toEqual([
      expect.closeTo(0.8, 12),
      expect.closeTo(0.4, 12),
      expect.closeTo(0.8, 12),
    ]);
    expect(partial(ab, ac, bc)).toBeCloseTo((0.8 - 0.32) / Math.sqrt((1 - 0.16) * (1 - 0.64)), 12);
  });

  it('has no value where a list has the order of the fixed one', () => {
    const [a, b, fixed] = [
      [1, 5, 7],
      [3, 1, 2],
      [2, 3, 4],
    ] as const;
    expect(partial(spearmanRho(a, b), spearmanRho(a, fixed), spearmanRho(b, fixed))).toBeNaN();
  });
});

describe('every statistic', () => {
  const list = fc.array(
    fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 1000),
    { minLength: 2, maxLength: 12 },
  );
  it.each(statistics)('%s is 1 with itself, symmetric, and turns its sign with a list', (_, f) => {
    fc.assert(
      fc.property(list, fc.infiniteStream(fc.integer({ min: -50, max: 50 })), (a, stream) => {
        const b = [...stream.take(a.length)];
        fc.pre(new Set(a).size > 1 && new Set(b).size > 1);
        const value = f(a, b);
        expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-12);
        expect(f(a, a)).toBeCloseTo(1, 9);
        expect(f(b, a)).toBeCloseTo(value, 12);
        const negative = a.map((x) => -x);
        expect(f(negative, b)).toBeCloseTo(-value, 12);
      }),
    );
  });
  it.each(statistics)(
    '%s has no value for a constant list, and refuses what has no pairs',
    (_, f) => {
      expect(f([0.1, 0.1, 0.1], [1, 2, 3])).toBeNaN();
      expect(f([1], [1])).toBeNaN();
      expect(() => f([1, 2], [1])).toThrow('pairs');
    },
  );
  it.each([kendallTau, pearsonR])('refuses what is not finite', (f) => {
    expect(() => f([1, Number.NaN], [1, 2])).toThrow('not finite');
  });
});
