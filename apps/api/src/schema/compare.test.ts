import { architectureDifference, parseNetwork } from '@blockwise/dna';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyNetwork, type ListedNetwork } from '../testing/every-network.ts';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playRetrain, playThrough, specInput, startSearch } from '../testing/test-search.ts';
import { rowId } from './global-id.ts';

const compare = /* GraphQL */ `
  query ($searches: [ID!]!, $targetTop1: Float, $networks: Int! = 20, $axis: Axis! = MACS,
    $constraints: ConstraintsInput) {
    compare(searches: $searches, targetTop1: $targetTop1, networks: $networks, axis: $axis,
      constraints: $constraints) {
      searches {
        search { id } networks ops { block cell layer ops shares } bestTop1 frontCount
        best { loss architecture params macs } secondsToTarget kendall
      }
      pairs {
        a { id } b { id } frontOverlap frontOverlapMissing hypervolumeA hypervolumeB
        layersDiffering layers { block layer a b change }
      }
    }
  }
`;

const byLoss = everyNetwork().sort((a, b) => a.loss - b.loss);
let api: TestApi;
let first: string;
let second: string;
/** With one cell left out of the space, of which nothing is rated yet. */
let unrated: string;

beforeAll(async () => {
  api = await startTestApi();
  first = await startSearch(api);
  await playThrough(api.platform, 'retrain');
  second = await startSearch(api, { ...specInput, solve: { lambdas: [1, 4] } });
  await playThrough(api.platform, 'retrain');
  unrated = await startSearch(api);
});
afterAll(() => api.close());

const ask = async (variables: object = {}): Promise<Data> =>
  (await api.ask(compare, { searches: [first, second], ...variables })).compare;

/** Networks that none other beats, one by one, by ascending macs. */
function frontOf(lambda: number): { macs: number; loss: number; architecture: string }[] {
  const all = byLoss
    .map(({ macs, losses: [a = 0, b = 0], architecture }) => ({
      macs,
      loss: a + lambda * b,
      architecture,
    }))
    .sort((a, b) => a.macs - b.macs || a.loss - b.loss);
  let least = Number.POSITIVE_INFINITY;
  return all.filter(({ loss }) => {
    if (loss >= least) return false;
    least = loss;
    return true;
  });
}

/** Share of the networks that have each operation at a place. */
function countedShares(networks: readonly ListedNetwork[], place: Data): number[] {
  return place.ops.map((_: string, op: number) => {
    const chosen = networks.map(({ choices }) => choices[place.block - 1]);
    const have = chosen.filter(
      (choice) => choice?.cell === place.cell - 1 && choice.path[place.layer - 1] === op,
    );
    return have.length / networks.length;
  });
}

describe('each search', () => {
  it('has the operations of its best networks, counted one by one', async () => {
    const [of] = (await ask({ networks: 20 })).searches;
    expect(of).toMatchObject({ search: { id: first }, networks: 20 });
    expect(of.ops.map((p: Data) => `${p.block}.${p.cell}.${p.layer}`)).toEqual([
      ...['1.1.1', '1.2.1', '1.2.2', '2.1.1', '2.1.2'],
    ]);
    expect(of.ops[0].ops).toEqual(['ir_k3_e3', 'ir_k5_e6_se0.25', 'ir_k7_e3']);
    for (const place of of.ops) {
      expect(place.shares).toEqual(countedShares(byLoss.slice(0, 20), place));
    }
  });

  it('has its best network, within the constraints, with the accuracy it was tested to have', async () => {
    const [of] = (await ask()).searches;
    const [best] = byLoss;
    expect(of.best).toMatchObject({
      architecture: best?.architecture,
      params: String(best?.params),
      macs: String(best?.macs),
    });
    expect(of.best.loss).toBeCloseTo(best?.loss ?? 0, 12);
    expect(of.bestTop1).toBe(0.6);
    const max = Math.min(...byLoss.map(({ macs }) => macs));
    const [small] = (await ask({ constraints: { macs: { max } } })).searches;
    expect(small.best.macs).toBe(String(max));
    expect(small.bestTop1).toBeNull();
  });

  it('took the seconds of its runs until a network was as accurate as the target', async () => {
    const { db } = api.platform;
    const searchId = rowId(first, 'Search', []);
    const runs = await db.prisma.run.findMany({
      where: { job: { searchId, kind: { not: 'verify' } } },
    });
    /** Seconds of every run up to the test of the network that had an accuracy. */
    const secondsOf = async (top1: number) => {
      const { testedAt } = await db.prisma.network.findFirstOrThrow({ where: { searchId, top1 } });
      const until = testedAt?.getTime() ?? 0;
      const milliseconds = runs.map(({ startedAt, finishedAt }) =>
        Math.max(0, Math.min(finishedAt?.getTime() ?? until, until) - startedAt.getTime()),
      );
      return milliseconds.reduce((sum, each) => sum + each, 0) / 1000;
    };
    for (const [targetTop1, top1] of [
      [0.5, 0.6],
      [0.6, 0.6],
      [0.65, 0.7],
    ] as const) {
      const [of] = (await ask({ targetTop1 })).searches;
      expect(of.secondsToTarget).toBeGreaterThan(0);
      expect(of.secondsToTarget).toBeCloseTo(await secondsOf(top1), 6);
    }
    expect(await secondsOf(0.7)).toBeGreaterThan(await secondsOf(0.6));
    const [never] = (await ask({ targetTop1: 0.9 })).searches;
    expect(never.secondsToTarget).toBeNull();
    const [untold] = (await ask()).searches;
    expect(untold.secondsToTarget).toBeNull();
  });

  it("has Kendall's τ of its newest complete audit", async () => {
    const audit = async (accuracy: (network: { loss: number }) => number) => {
      await api.ask(
        'mutation ($search: ID!) { startAudit(input: { search: $search, spec: { networks: 6 } }) { id } }',
        { search: first },
      );
      for (let i = 0; i < 6; i++) await playRetrain(api.platform, accuracy);
    };
    const kendall = async () => (await ask()).searches.map((of: Data) => of.kendall);
    expect(await kendall()).toEqual([null, null]);
    await audit(({ loss }) => 1 - loss / 10);
    expect(await kendall()).toEqual([1, null]);
    await audit(({ loss }) => loss / 10);
    expect(await kendall()).toEqual([-1, null]);
    // Networks of audits are not what the search found.
    expect((await ask({ targetTop1: 0.72 })).searches[0].secondsToTarget).toBeNull();
  });
});

describe('each pair', () => {
  it('has the overlap of its fronts and their areas, as counted from every network', async () => {
    const { searches, pairs } = await ask();
    const [one, other] = [frontOf(1), frontOf(4)];
    expect(searches.map(({ frontCount }: Data) => frontCount)).toEqual([one.length, other.length]);
    const names = new Set(other.map(({ architecture }) => architecture));
    const both = one.filter(({ architecture }) => names.has(architecture)).length;
    const [pair] = pairs;
    expect(pair).toMatchObject({ a: { id: first }, b: { id: second }, frontOverlapMissing: null });
    expect(pair.frontOverlap).toBeCloseTo(both / (one.length + other.length - both), 12);
    const all = [...one, ...other];
    const [macs, losses] = [all.map((n) => n.macs), all.map((n) => n.loss)];
    const [left, right] = [Math.min(...macs), Math.max(...macs)];
    const [bottom, top] = [Math.min(...losses), Math.max(...losses)];
    /** Column by column: how far down the front has come. */
    const areaOf = (front: typeof one) =>
      front.reduce((area, { macs: from, loss }, i) => {
        const to = front[i + 1]?.macs ?? right;
        return area + ((to - from) * (top - loss)) / ((right - left) * (top - bottom));
      }, 0);
    expect(pair.hypervolumeA).toBeCloseTo(areaOf(one), 10);
    expect(pair.hypervolumeB).toBeCloseTo(areaOf(other), 10);
    expect(areaOf(one)).not.toBeCloseTo(areaOf(other), 3);
  });

  it('has the best networks layer by layer', async () => {
    const { searches, pairs } = await ask();
    const [a, b] = searches.map(({ best }: Data) => parseNetwork(best.architecture));
    const told = architectureDifference(a, b);
    const [pair] = pairs;
    expect(pair.layers).toEqual(
      told.map((each) => ({ ...each, change: each.change.toUpperCase() })),
    );
    expect(pair.layersDiffering).toBe(told.filter(({ change }) => change !== 'kept').length);
  });

  it('of a search with itself shares everything; three searches make three pairs', async () => {
    const { pairs } = await ask({ searches: [first, first, second] });
    expect(pairs.map(({ a, b }: Data) => [a.id, b.id])).toEqual([
      [first, first],
      [first, second],
      [first, second],
    ]);
    expect(pairs[0]).toMatchObject({ frontOverlap: 1, layersDiffering: 0 });
    expect(pairs[0].hypervolumeA).toBe(pairs[0].hypervolumeB);
  });
});

it('refuses with the path of the search', async () => {
  const refusal = async (variables: object) =>
    (await api.fail(compare, { searches: [first, second], ...variables })).extensions;
  expect(await refusal({ searches: [first, unrated] })).toMatchObject({
    code: 'NOT_READY',
    path: ['searches', 1],
  });
  expect(await refusal({ axis: 'LATENCY_MS' })).toMatchObject({
    code: 'NOT_READY',
    path: ['searches', 0],
  });
  expect(await refusal({ constraints: { macs: { max: 1 } } })).toMatchObject({
    code: 'INFEASIBLE',
    path: ['searches', 0],
  });
  expect(await refusal({ axis: 'LOSS' })).toMatchObject({ code: 'BAD_INPUT', path: ['axis'] });
  expect(await refusal({ searches: [first] })).toMatchObject({
    code: 'BAD_INPUT',
    path: ['searches'],
  });
  expect(await refusal({ searches: Array(11).fill(first) })).toMatchObject({
    code: 'BAD_INPUT',
    path: ['searches'],
  });
  expect(await refusal({ networks: 0 })).toMatchObject({ code: 'BAD_INPUT', path: ['networks'] });
  expect(await refusal({ targetTop1: 70 })).toMatchObject({
    code: 'BAD_INPUT',
    path: ['targetTop1'],
  });
});

it('shows nobody what they may not see', async () => {
  const { errors } = await api.as(null).post(compare, { searches: [first, second] });
  expect(errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', path: ['searches', 0] });
});
