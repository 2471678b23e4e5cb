import { bestOfRandom } from '@blockwise/dna';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyNetwork } from '../testing/every-network.ts';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playRetrain, playThrough, specInput, startSearch } from '../testing/test-search.ts';
import { encodeGlobalId } from './global-id.ts';

const all = everyNetwork();
const lossesOf = (architecture: string) =>
  all.find((network) => network.architecture === architecture)?.losses ?? [];

let api: TestApi;
let search: string;
beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
});
afterAll(() => api.close());

const estimate = '{ value low high }';
const report = /* GraphQL */ `
  query ($id: ID!, $options: RankOptionsInput! = {}) {
    audit(id: $id) {
      networks { top1 macs params loss }
      report(options: $options) {
        networks fixed predictors { predictor kendall ${estimate} partialSpearman ${estimate} }
        slices { networks }
      }
      randomSearch {
        searchSeconds secondsPerNetwork equalCostNetworks expectedBest expectedBestOf solvedTop1 sameTraining
      }
    }
  }
`;
const fit = /* GraphQL */ `
  query ($audit: ID!) {
    fitLambdas(audit: $audit) { lambdas slope intercept ridge fitted { rmse tau } equal { rmse tau } }
  }
`;

async function startAudit(spec: object): Promise<string> {
  const { startAudit: audit } = await api.ask(
    'mutation ($search: ID!, $spec: AuditSpecInput!) { startAudit(input: { search: $search, spec: $spec }) { id } }',
    { search, spec },
  );
  return audit.id;
}

describe('an audit whose networks are as accurate as predicted', () => {
  let id: string;
  beforeAll(async () => {
    const { networks: _, ...training } = specInput.retrain;
    id = await startAudit({ networks: 16, training });
    for (let i = 0; i < 3; i++) await playRetrain(api.platform, ({ loss }) => 1 - loss / 10);
    const early = await api.ask(report, { id });
    expect(early.audit.report).toBeNull();
    expect((await api.fail(fit, { audit: id })).extensions).toMatchObject({
      code: 'NOT_READY',
      path: ['audit'],
    });
    for (let i = 0; i < 13; i++) await playRetrain(api.platform, ({ loss }) => 1 - loss / 10);
  });

  it('is ranked perfectly, with the baselines beside it', async () => {
    const { audit } = await api.ask(report, { id, options: { slices: 2 } });
    expect(audit.report).toMatchObject({
      networks: 16,
      fixed: 'MACS',
      predictors: [
        { predictor: 'PREDICTED', kendall: { value: 1, low: 1, high: 1 } },
        { predictor: 'PARAMS' },
        { predictor: 'MACS', partialSpearman: { value: null } },
        { predictor: 'FLOPS_TOOL' },
      ],
      slices: [{ networks: 8 }, { networks: 8 }],
    });
    expect(audit.report.predictors[0].partialSpearman.value).toBeCloseTo(1, 10);
    expect(audit.report.predictors[2].kendall.value).toBeLessThan(1);
  });

  it('says what random search gives for the same cost', async () => {
    const { randomSearch, networks } = (await api.ask(report, { id })).audit;
    const accuracies = networks.map(({ top1 }: Data) => top1);
    const { equalCostNetworks, searchSeconds, secondsPerNetwork } = randomSearch;
    expect(randomSearch.expectedBestOf).toHaveLength(16);
    expect(randomSearch.expectedBestOf[4]).toBeCloseTo(bestOfRandom(accuracies, 5), 12);
    expect(randomSearch.expectedBestOf[15]).toBeCloseTo(Math.max(...accuracies), 12);
    expect(equalCostNetworks).toBe(Math.max(1, Math.floor(searchSeconds / secondsPerNetwork)));
    expect(randomSearch.expectedBest).toBe(
      randomSearch.expectedBestOf[Math.min(equalCostNetworks, 16) - 1],
    );
    expect(randomSearch).toMatchObject({ solvedTop1: 0.6, sameTraining: true });
  });
});

describe('an audit whose networks were trained with other widths', () => {
  it('has the costs as trained for baselines', async () => {
    const byMacs = all.toSorted((a, b) => a.macs - b.macs);
    const mirrored = ({ architecture }: { architecture: string }) =>
      byMacs.at(-1 - byMacs.findIndex((network) => network.architecture === architecture));
    const id = await startAudit({ networks: 8, seed: 9, training: { epochs: 1 } });
    for (let i = 0; i < 8; i++) {
      await playRetrain(
        api.platform,
        (network) => (mirrored(network)?.macs ?? 0) / 1e7,
        (network) => mirrored(network)?.architecture ?? '',
      );
    }
    const { audit } = await api.ask(report, { id });
    expect(audit.report.predictors[2]).toMatchObject({ predictor: 'MACS', kendall: { value: 1 } });
  });
});

describe('an audit whose second block counts three times as much', () => {
  let id: string;
  beforeAll(async () => {
    id = await startAudit({ networks: 20, seed: 2, training: { epochs: 2, batch: 8 } });
    const accuracy = ({ architecture }: { architecture: string }) => {
      const [first = 0, second = 0] = lossesOf(architecture);
      return 0.9 - 0.05 * (0.5 * first + 1.5 * second);
    };
    for (let i = 0; i < 20; i++) await playRetrain(api.platform, accuracy);
  });

  it('has its λ fitted, with the error that cross-validation gives', async () => {
    const { fitLambdas } = await api.ask(fit, { audit: id });
    expect(fitLambdas.lambdas[0]).toBeCloseTo(0.5, 1);
    expect(fitLambdas.lambdas[1]).toBeCloseTo(1.5, 1);
    expect(fitLambdas.slope).toBeCloseTo(0.05, 2);
    expect(fitLambdas.intercept).toBeCloseTo(0.9, 2);
    expect(fitLambdas.fitted.rmse).toBeLessThan(fitLambdas.equal.rmse / 10);
    expect(fitLambdas.fitted.tau).toBeGreaterThan(fitLambdas.equal.tau);
  });

  it('was trained otherwise than the networks of the search', async () => {
    expect((await api.ask(report, { id })).audit.randomSearch.sameTraining).toBe(false);
  });

  it.each([{ seeds: 2 }, { microBatch: 4 }])('%o is another training too', async (change) => {
    const { networks: _, ...training } = specInput.retrain;
    const other = await startAudit({ networks: 4, training: { ...training, ...change } });
    for (let i = 0; i < 4 * (change.seeds ?? 1); i++) await playRetrain(api.platform, 0.5);
    expect((await api.ask(report, { id: other })).audit.randomSearch.sameTraining).toBe(false);
  });
});

it('fitLambdas is NOT_FOUND for an audit that is not there', async () => {
  const audit = encodeGlobalId('RankingAudit', '00000000-0000-4000-8000-000000000000');
  expect((await api.fail(fit, { audit })).extensions).toMatchObject({
    code: 'NOT_FOUND',
    path: ['audit'],
  });
});
