import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { networkCost } from './network-cost.ts';
import { dnaRank4 } from './presets.ts';
import { kendallTau, pearsonR, spearmanRho } from './rank.ts';
import ranking from './ranking.fixture.json' with { type: 'json' };

const top1 = ranking.networks.map((network) => network.top1);
const costs = ranking.networks.map(({ encoding }) => {
  const choices = [...encoding.split(' '), '0'].map((digits) => ({
    cell: 0,
    path: [...digits].map(Number),
  }));
  return networkCost(assemble(dnaRank4, choices), { inputSize: 224, classes: 1000 });
});

/** Kendall, Spearman, Pearson against top-1, to four decimals. */
const against = (predicted: number[]) =>
  [kendallTau, spearmanRho, pearsonR].map((statistic) => statistic(predicted, top1).toFixed(4));

describe('the 23 trained networks of the published ranking experiment', () => {
  it('are ranked by parameters and by compute as well as counted before', () => {
    expect(against(costs.map((c) => c.params))).toEqual(['0.7075', '0.8686', expect.any(String)]);
    expect(
      pearsonR(
        costs.map((c) => c.params),
        top1,
      ).toFixed(3),
    ).toBe('0.859');
    expect(against(costs.map((c) => c.flopsTool))).toEqual(['0.7549', '0.9032', '0.9285']);
    expect(
      pearsonR(
        costs.map((c) => c.macs),
        top1,
      ).toFixed(4),
    ).toBe('0.9291');
  });
  it('are ranked by DNA and BossNAS as published', () => {
    const dna = ranking.networks.map((network) => -network.dnaRank);
    expect(against(dna).slice(0, 2)).toEqual(['0.6522', '0.8251']);
    expect(pearsonR(dna, top1).toFixed(3)).toBe('0.838');
    const boss = ranking.networks.map((network) => -network.bossLoss);
    expect(against(boss)).toEqual(['0.6443', '0.7767', '0.8467']);
  });
});

describe('ties', () => {
  it('are corrected for in τ-b and share their mean rank in ρ', () => {
    // By hand: 5 concordant, 0 discordant pairs, one tie in each list: τ-b = 4 / 5.
    expect(kendallTau([1, 2, 2, 3], [1, 1, 2, 3])).toBeCloseTo(0.8, 12);
    // Ranks 1, 2.5, 2.5, 4 and 1.5, 1.5, 3, 4.
    expect(spearmanRho([1, 2, 2, 3], [1, 1, 2, 3])).toBeCloseTo(3.75 / 4.5, 12);
  });
});

describe('every statistic', () => {
  const list = fc.array(
    fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 1000),
    {
      minLength: 2,
      maxLength: 12,
    },
  );
  it.each([
    ['τ', kendallTau],
    ['ρ', spearmanRho],
    ['R', pearsonR],
  ])('%s is 1 with itself, symmetric, and turns its sign with a list', (_, statistic) => {
    fc.assert(
      fc.property(list, fc.infiniteStream(fc.integer({ min: -50, max: 50 })), (a, stream) => {
        const b = [...stream.take(a.length)];
        fc.pre(new Set(a).size > 1 && new Set(b).size > 1);
        const value = statistic(a, b);
        expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-12);
        expect(statistic(a, a)).toBeCloseTo(1, 9);
        expect(statistic(b, a)).toBeCloseTo(value, 12);
        expect(
          statistic(
            a.map((x) => -x),
            b,
          ),
        ).toBeCloseTo(-value, 12);
      }),
    );
  });
  it.each([
    ['τ', kendallTau],
    ['ρ', spearmanRho],
    ['R', pearsonR],
  ])('%s has no value for a constant list, and refuses what has no pairs or rank', (_, f) => {
    expect(f([0.1, 0.1, 0.1], [1, 2, 3])).toBeNaN();
    expect(f([1], [1])).toBeNaN();
    expect(() => f([1, 2], [1])).toThrow('pairs');
    expect(() => f([1, Number.NaN], [1, 2])).toThrow('not finite');
  });
});
