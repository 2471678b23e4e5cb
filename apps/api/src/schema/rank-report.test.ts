import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';

/** The 23 networks of the published ranking experiment, with what DNA and BossNAS predicted. */
const fixture = new URL(
  '../../../../packages/dna/src/statistics/ranking.fixture.json',
  import.meta.url,
);
const { networks }: Data = JSON.parse(readFileSync(fixture, 'utf8'));

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const query = /* GraphQL */ `
  query ($table: RankTableInput!, $space: String, $options: RankOptionsInput! = {}) {
    rankReport(table: $table, space: $space, options: $options) {
      networks fixed
      predictors { predictor
        kendall { value low high } spearman { value low high } pearson { value low high }
        partialSpearman { value } predictedAhead { value low high } }
      slices { min max networks kendall { predictor value } }
    }
  }
`;

/** A CSV table with one of the predictions. */
function csvOf(prediction: 'dnaRank' | 'bossLoss'): string {
  return [
    'network,predicted,accuracy,encoding',
    ...networks.map((network: Data) =>
      [`"rank, ${network.dnaRank}"`, network[prediction], network.top1, network.encoding].join(','),
    ),
  ].join('\n');
}

describe('rankReport on the 23 published networks', () => {
  const options = {
    fixed: 'FLOPS_TOOL',
    ranges: [{ min: 380e6, max: 420e6 }],
    resamples: 2000,
  };
  const ask = async (prediction: 'dnaRank' | 'bossLoss') => {
    const variables = { table: { csv: csvOf(prediction) }, space: 'dna-rank4', options };
    return (await api.ask(query, variables)).rankReport;
  };
  const of = (report: Data, predictor: string) =>
    report.predictors.find((each: Data) => each.predictor === predictor);
  const figures = ({ kendall, spearman, pearson }: Data) =>
    [kendall, spearman, pearson].map(({ value }) => value.toFixed(4));

  it("gives the published figures of DNA's order and of the baselines", async () => {
    const report = await ask('dnaRank');
    expect(report).toMatchObject({ networks: 23, fixed: 'FLOPS_TOOL' });
    expect(report.predictors.map(({ predictor }: Data) => predictor)).toEqual([
      'PREDICTED',
      'PARAMS',
      'MACS',
      'FLOPS_TOOL',
    ]);
    const dna = of(report, 'PREDICTED');
    expect(figures(dna).slice(0, 2)).toEqual(['0.6522', '0.8251']);
    expect(dna.pearson.value.toFixed(3)).toBe('0.838');
    expect(figures(of(report, 'PARAMS')).slice(0, 2)).toEqual(['0.7075', '0.8686']);
    expect(figures(of(report, 'FLOPS_TOOL'))).toEqual(['0.7549', '0.9032', '0.9285']);
    // Bootstrap intervals published for this very table: DNA 0.41 to 0.84, FLOPs 0.57 to 0.90.
    for (const [predictor, low, high] of [
      ['PREDICTED', 0.41, 0.84],
      ['PARAMS', 0.49, 0.87],
      ['FLOPS_TOOL', 0.57, 0.9],
    ] as const) {
      expect(Math.abs(of(report, predictor).kendall.low - low)).toBeLessThan(0.03);
      expect(Math.abs(of(report, predictor).kendall.high - high)).toBeLessThan(0.03);
    }
    const ahead = of(report, 'FLOPS_TOOL').predictedAhead;
    expect(ahead.value).toBeCloseTo(0.6522 - 0.7549, 3);
    expect([ahead.low < 0, ahead.high > 0]).toEqual([true, true]);
  });

  it('shows that little is left of either order at fixed FLOPs', async () => {
    const [dna, boss] = [await ask('dnaRank'), await ask('bossLoss')];
    expect(figures(of(boss, 'PREDICTED'))).toEqual(['0.6443', '0.7767', '0.8467']);
    const partial = (report: Data, predictor: string) =>
      of(report, predictor).partialSpearman.value?.toFixed(2) ?? null;
    expect([
      partial(dna, 'PREDICTED'),
      partial(boss, 'PREDICTED'),
      partial(dna, 'PARAMS'),
      partial(dna, 'FLOPS_TOOL'),
    ]).toEqual(['0.13', '-0.02', '0.27', null]);
    const slice = (report: Data, predictor: string) =>
      report.slices[0].kendall.find((each: Data) => each.predictor === predictor).value.toFixed(2);
    expect(dna.slices).toMatchObject([{ min: 380e6, max: 420e6, networks: 10 }]);
    expect([slice(dna, 'PREDICTED'), slice(boss, 'PREDICTED'), slice(dna, 'FLOPS_TOOL')]).toEqual([
      '-0.02',
      '-0.11',
      '0.24',
    ]);
  });

  it('is the same again, and from JSON', async () => {
    const json = JSON.stringify(
      networks.map(({ dnaRank, top1, encoding }: Data) => ({
        predicted: -dnaRank,
        accuracy: top1,
        encoding,
      })),
    );
    const { rankReport } = await api.ask(query, {
      table: { json },
      space: 'dna-rank4',
      options: { ...options, predicted: 'SCORE' },
    });
    expect(rankReport).toEqual(await ask('dnaRank'));
    expect(await ask('dnaRank')).toEqual(await ask('dnaRank'));
  });
});

describe('rankReport refuses', () => {
  const header = 'predicted,accuracy,params,macs';
  it.each([
    [{ csv: 'a,b\n1,2' }, {}, ['table', 'csv', 1, 'predicted']],
    [{ csv: `${header}\n1,2,3,x` }, {}, ['table', 'csv', 2, 'macs']],
    [{ csv: 'predicted,accuracy,encoding\n1,2,00' }, {}, ['table', 'csv', 2, 'encoding']],
    [{ json: '{' }, {}, ['table', 'json']],
    [{ json: '[{"predicted":1}]' }, {}, ['table', 'json', 0, 'accuracy']],
    [{ csv: `${header}\n1,2,3,4` }, { space: 'dna-rank5' }, ['space']],
    [{ csv: `${header}\n1,2,3,4` }, { options: { resamples: -1 } }, ['options', 'resamples']],
    [{ csv: `${header}\n1,2,3,4` }, { options: { slices: 101 } }, ['options', 'slices']],
    [{ csv: `${header}\n1,2,3,4` }, { options: { fixed: 'FLOPS_TOOL' } }, ['rows', 0, 'flopsTool']],
  ])('%o %o', async (table, more, path) => {
    const { extensions } = await api.fail(query, { table, ...more });
    expect(extensions).toMatchObject({ path });
    expect(['BAD_INPUT', 'SPACE_SYNTAX']).toContain(extensions.code);
  });
});
