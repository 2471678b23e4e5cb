import { describe, expect, it } from 'vitest';
import { assemble } from '../assemble.ts';
import { parseEncoding } from '../encoding.ts';
import { networkCost } from '../network-cost.ts';
import { spaceOf } from '../presets.ts';
import { type Predictor, type RankRow, rankReport } from './rank-report.ts';
import ranking from './ranking.fixture.json' with { type: 'json' };

const space = spaceOf('dna-rank4');
const networks = ranking.networks.map(({ encoding, top1, dnaRank, bossLoss }) => {
  const network = assemble(space, parseEncoding(space, encoding));
  const { params, macs, flopsTool } = networkCost(network, { inputSize: 224, classes: 1000 });
  return { accuracy: top1, params, macs, flopsTool, dnaRank, bossLoss };
});

const published = (method: 'dnaRank' | 'bossLoss') =>
  rankReport(
    networks.map((network) => ({ ...network, predicted: network[method] })),
    { fixed: 'flopsTool', slices: [{ min: 380e6, max: 420e6 }], resamples: 4000 },
  );
const predictorOf = (report: ReturnType<typeof published>, name: Predictor) => {
  const found = report.predictors.find(({ predictor }) => predictor === name);
  if (found === undefined) throw new Error(`the report has no ${name}`);
  return found;
};
const fixed = (value: number | null) => value?.toFixed(4);

describe('the 23 trained networks of the published ranking experiment', () => {
  const dna = published('dnaRank');
  const boss = published('bossLoss');

  it('are ranked by the methods and by costs as counted before', () => {
    const figures = (report: typeof dna, name: Predictor) => {
      const { kendall, spearman, pearson } = predictorOf(report, name);
      return [kendall, spearman, pearson].map(({ value }) => fixed(value));
    };
    expect(figures(dna, 'params')).toEqual(['0.7075', '0.8686', '0.8594']);
    expect(figures(dna, 'flopsTool')).toEqual(['0.7549', '0.9032', '0.9285']);
    expect(figures(dna, 'macs')).toEqual(['0.7549', '0.9032', '0.9291']);
    expect(figures(dna, 'predicted')).toEqual(['0.6522', '0.8251', '0.8376']);
    expect(figures(boss, 'predicted')).toEqual(['0.6443', '0.7767', '0.8467']);
  });

  it('leave the methods next to nothing at fixed compute', () => {
    const partial = (report: typeof dna, name: Predictor) =>
      predictorOf(report, name).partialSpearman.value?.toFixed(2);
    expect(partial(dna, 'predicted')).toBe('0.13');
    expect(partial(boss, 'predicted')).toBe('-0.02');
    expect(partial(dna, 'params')).toBe('0.27');
    expect(predictorOf(dna, 'flopsTool').partialSpearman.value).toBeNull();
    const slice = (report: typeof dna) =>
      Object.fromEntries(
        (report.slices[0]?.kendall ?? []).map((k) => [k.predictor, k.value?.toFixed(2)]),
      );
    expect(dna.slices.map(({ networks: count }) => count)).toEqual([10]);
    expect(slice(dna)).toMatchObject({ predicted: '-0.02', flopsTool: '0.24' });
    expect(slice(boss)).toMatchObject({ predicted: '-0.11' });
  });

  it('are too few to tell the predictors apart', () => {
    const near = (
      found: { low: number | null; high: number | null },
      low: number,
      high: number,
    ) => {
      expect(Math.abs((found.low ?? Number.NaN) - low)).toBeLessThan(0.025);
      expect(Math.abs((found.high ?? Number.NaN) - high)).toBeLessThan(0.025);
    };
    near(predictorOf(dna, 'predicted').kendall, 0.41, 0.84);
    near(predictorOf(boss, 'predicted').kendall, 0.35, 0.86);
    near(predictorOf(dna, 'params').kendall, 0.49, 0.87);
    near(predictorOf(dna, 'flopsTool').kendall, 0.57, 0.9);
    near(predictorOf(dna, 'flopsTool').predictedAhead, -0.3, 0.07);
  });
});

describe('the report', () => {
  const rows: RankRow[] = networks.map((network) => ({
    predicted: network.bossLoss,
    accuracy: network.accuracy,
    params: network.params,
    macs: network.macs,
  }));

  it('counts a loss as its negative, a score as it is', () => {
    const scores = rows.map((row) => ({ ...row, predicted: -row.predicted }));
    expect(rankReport(scores, { predicted: 'score', seed: 3 })).toEqual(
      rankReport(rows, { seed: 3 }),
    );
    const wrong = rankReport(rows, { predicted: 'score' });
    expect(wrong.predictors[0]?.kendall.value).toBeCloseTo(-0.6443, 4);
  });

  it('is the same for the same seed, and has no flopsTool where rows have none', () => {
    const report = rankReport(rows);
    expect(rankReport(rows)).toEqual(report);
    expect(rankReport(rows, { seed: 1 }).predictors[0]?.kendall.low).not.toBe(
      report.predictors[0]?.kendall.low,
    );
    expect(report.predictors.map(({ predictor }) => predictor)).toEqual([
      'predicted',
      'params',
      'macs',
    ]);
    expect(report.fixed).toBe('macs');
    expect(report.slices.map((slice) => slice.networks)).toEqual([12, 11]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('says null where there is nothing to correlate', () => {
    const [first] = rows;
    if (first === undefined) throw new Error('the fixture is empty');
    const empty = { value: null, low: null, high: null };
    for (const few of [[], [first]]) {
      const report = rankReport(few);
      expect(report.networks).toBe(few.length);
      expect(report.slices).toEqual([]);
      for (const { kendall, spearman, partialSpearman } of report.predictors) {
        expect([kendall, spearman, partialSpearman]).toEqual([empty, empty, empty]);
      }
    }
  });

  it('refuses values that are not finite, and a fixed cost that is not there', () => {
    const [first, ...rest] = rows;
    if (first === undefined) throw new Error('the fixture is empty');
    expect(() => rankReport([{ ...first, macs: Number.NaN }, ...rest])).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', path: ['rows', 0, 'macs'] }),
    );
    expect(() => rankReport(rows, { fixed: 'flopsTool' })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', path: ['rows', 0, 'flopsTool'] }),
    );
  });
});
