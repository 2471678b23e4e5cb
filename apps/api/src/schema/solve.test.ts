import { encodingDistance, parseEncoding } from '@blockwise/dna';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyNetwork, type ListedNetwork } from '../testing/every-network.ts';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playLatency, playThrough, space, specInput, startSearch } from '../testing/test-search.ts';
import { encodeGlobalId } from './global-id.ts';

const unknown = encodeGlobalId('Search', '00000000-0000-4000-8000-000000000000');
const axes = ['params', 'macs', 'flopsTool', 'activationBytes', 'latencyMs'] as const;
const all = everyNetwork();

/* The exact search over stored ratings, against every network of the space one by one. */
let api: TestApi;
let searchId: string;
let table: string;

beforeAll(async () => {
  api = await startTestApi();
  searchId = await startSearch(api);
  await playThrough(api.platform, 'retrain');
});
afterAll(() => api.close());

const solve = /* GraphQL */ `
  query ($search: ID!, $constraints: ConstraintsInput, $networks: Int! = 5, $minDistance: Int! = 0,
    $lambdas: [Float!], $latencyTable: ID) {
    solve(search: $search, constraints: $constraints, networks: $networks, minDistance: $minDistance,
      lambdas: $lambdas, latencyTable: $latencyTable) {
      loss architecture encoding choices { block cell path }
      params macs flopsTool activationBytes latencyMs
    }
  }
`;
const front = /* GraphQL */ `
  query ($search: ID!, $x: Axis! = MACS, $y: Axis! = LOSS, $lambdas: [Float!]) {
    paretoFront(search: $search, x: $x, y: $y, lambdas: $lambdas) {
      count losses params macs flopsTool activationBytes latencyMs encodings architectures
    }
  }
`;

const ask = async (variables: object): Promise<Data[]> =>
  (await api.ask(solve, { search: searchId, ...variables })).solve;
const refusal = async (query: string, variables: object) =>
  api.fail(query, { search: searchId, ...variables });

function best(networks: readonly ListedNetwork[], count: number): number[] {
  return networks
    .map(({ loss }) => loss)
    .sort((a, b) => a - b)
    .slice(0, count);
}

function lossOf({ losses }: ListedNetwork, block: number): number {
  return losses[block] ?? 0;
}

/** Values at which a budget changes what it lets pass; times are sums of fractions, and rounded. */
function edges(axis: (typeof axes)[number]): number[] {
  const rounding = axis === 'latencyMs' ? 1e-9 : 0;
  return all.map((network) => network[axis] + rounding).sort((a, b) => a - b);
}

function expectLosses(found: readonly Data[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, { loss }] of found.entries()) {
    expect(loss).toBeCloseTo(expected[i] ?? Number.NaN, 10);
  }
}

describe('before a latency table is measured', () => {
  it('solutions have no latency, and a bound on it is NOT_READY', async () => {
    expect((await ask({ networks: 1 }))[0].latencyMs).toBeNull();
    const constraints = { latencyMs: { max: 5 } };
    expect((await refusal(solve, { constraints })).extensions).toMatchObject({
      code: 'NOT_READY',
      path: ['constraints', 'latencyMs'],
    });
    expect((await refusal(front, { y: 'LATENCY_MS' })).extensions).toMatchObject({
      code: 'NOT_READY',
      path: ['y'],
    });
    const { paretoFront } = await api.ask(front, { search: searchId });
    expect(paretoFront.latencyMs).toBeNull();
  });
});

describe('with a measured table', () => {
  beforeAll(async () => {
    const { measureLatency } = await api.ask(
      `mutation ($search: ID!) { measureLatency(input: { search: $search, latency: { repeats: 3 } }) {
        id engine layers { key } job { kind state } spec } }`,
      { search: searchId },
    );
    expect(measureLatency).toMatchObject({
      engine: null,
      layers: [],
      job: { kind: 'LATENCY', state: 'QUEUED' },
      spec: { engine: null, batch: 1, repeats: 3 },
    });
    table = measureLatency.id;
    expect((await refusal(solve, { latencyTable: table })).extensions).toMatchObject({
      code: 'NOT_READY',
      path: ['latencyTable'],
    });
    await playLatency(api.platform);
  });

  it.each(axes)('solve equals trying every network under any maximum of %s', async (axis) => {
    for (const max of edges(axis).filter((_, i) => i % 30 === 0)) {
      const within = all.filter((network) => network[axis] <= max);
      expectLosses(await ask({ constraints: { [axis]: { max } } }), best(within, 5));
    }
  });

  it('and under minima and maxima on all axes at once', async () => {
    const bounds = axes.map((axis) => {
      const values = edges(axis);
      return { axis, min: values[8] ?? 0, max: values[88] ?? 0 };
    });
    const constraints = Object.fromEntries(bounds.map(({ axis, ...bound }) => [axis, bound]));
    const within = all.filter((network) =>
      bounds.every(({ axis, min, max }) => network[axis] >= min && network[axis] <= max),
    );
    expect(within.length).toBeGreaterThan(5);
    expectLosses(await ask({ constraints, networks: 100 }), best(within, 100));
  });

  it('weights blocks by λ', async () => {
    const lambdas = [0.25, 3];
    const weighted = all.map((network) => ({
      ...network,
      loss: network.losses.reduce((sum, loss, block) => sum + (lambdas[block] ?? 0) * loss, 0),
    }));
    expectLosses(await ask({ lambdas }), best(weighted, 5));
  });

  it("weights blocks by the specification's λ where none are given", async () => {
    const lambdas = [0.25, 3];
    const search = await startSearch(api, { ...specInput, solve: { lambdas } });
    await playThrough(api.platform, 'retrain');
    const weighted = all
      .map((network) => ({ ...network, loss: 0.25 * lossOf(network, 0) + 3 * lossOf(network, 1) }))
      .sort((a, b) => a.loss - b.loss);
    expectLosses(await ask({ search }), best(weighted, 5));
    expectLosses(await ask({ search, lambdas: [1, 1] }), best(all, 5));
    const { paretoFront } = await api.ask(front, { search });
    expect(Math.min(...paretoFront.losses)).toBeCloseTo(weighted[0]?.loss ?? 0, 12);
    const { retrainNetworks } = await api.ask(
      'mutation ($input: RetrainNetworksInput!) { retrainNetworks(input: $input) { loss architecture } }',
      { input: { search, networks: { best: {} } } },
    );
    expectLosses(retrainNetworks, best(weighted, 1));
    expect(retrainNetworks[0].architecture).toBe(weighted[0]?.architecture);
  });

  it('keeps networks apart, each the best of those far enough from all before it', async () => {
    const found = await ask({ networks: 6, minDistance: 3 });
    const choices = found.map(({ encoding }) => parseEncoding(space, encoding));
    const sorted = [...all].sort((a, b) => a.loss - b.loss);
    const expected: ListedNetwork[] = [];
    for (const network of sorted) {
      const apart = (other: ListedNetwork) =>
        encodingDistance(network.choices, other.choices, space) >= 3;
      if (expected.length < 6 && expected.every(apart)) expected.push(network);
    }
    expectLosses(
      found,
      expected.map(({ loss }) => loss),
    );
    for (const [i, a] of choices.entries()) {
      for (const b of choices.slice(i + 1)) {
        expect(encodingDistance(a, b, space)).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it('describes every network as its choices make it', async () => {
    for (const found of await ask({ networks: 20, latencyTable: table })) {
      const listed = all.find(({ architecture }) => architecture === found.architecture);
      expect(found).toMatchObject({
        params: String(listed?.params),
        macs: String(listed?.macs),
        flopsTool: String(listed?.flopsTool),
        activationBytes: String(listed?.activationBytes),
      });
      expect(found.latencyMs).toBeCloseTo(listed?.latencyMs ?? Number.NaN, 10);
      expect(parseEncoding(space, found.encoding)).toEqual(listed?.choices);
      expect(found.choices.map(({ block }: Data) => block)).toEqual([1, 2]);
    }
  });

  const pairs = [
    ['MACS', 'LOSS'],
    ['LOSS', 'PARAMS'],
    ['LATENCY_MS', 'LOSS'],
    ['PARAMS', 'MACS'],
    ['ACTIVATION_BYTES', 'FLOPS_TOOL'],
    ['LATENCY_MS', 'MACS'],
  ] as const;

  it.each(pairs)('the front of %s and %s has every network that none beats', async (x, y) => {
    const { paretoFront: shown } = await api.ask(front, { search: searchId, x, y });
    const value = (network: ListedNetwork, axis: string) =>
      network[keys[axis as keyof typeof keys]];
    const points = (networks: readonly ListedNetwork[]) =>
      new Set(networks.map((n) => `${value(n, x).toFixed(9)} ${value(n, y).toFixed(9)}`));
    const undominated = all.filter((network) =>
      all.every(
        (other) =>
          value(other, x) > value(network, x) ||
          value(other, y) > value(network, y) ||
          (value(other, x) === value(network, x) && value(other, y) === value(network, y)),
      ),
    );
    const found = shown.architectures.map((text: string) =>
      all.find(({ architecture }) => architecture === text),
    );
    expect(points(found)).toEqual(points(undominated));
    expect(shown.count).toBe(points(undominated).size);
    const xs = found.map((network: ListedNetwork) => value(network, x));
    expect(xs).toEqual([...xs].sort((a: number, b: number) => a - b));
    for (const [i, network] of found.entries()) {
      expect([shown.params[i], shown.macs[i], shown.activationBytes[i]]).toEqual(
        [network.params, network.macs, network.activationBytes].map(String),
      );
      expect(shown.losses[i]).toBeCloseTo(network.loss, 10);
      expect(shown.latencyMs[i]).toBeCloseTo(network.latencyMs, 10);
      expect(parseEncoding(space, shown.encodings[i])).toEqual(network.choices);
    }
  });

  it('shows the table with a time for every layer', async () => {
    const { search, node } = await api.ask(
      `query ($search: ID!, $id: ID!) {
        search(id: $search) { latencyTables { nodes { id engine device batch measuredAt job { state } } } }
        node(id: $id) { ... on LatencyTable { layers { key milliseconds } search { id } } }
      }`,
      { search: searchId, id: table },
    );
    expect(search.latencyTables.nodes).toMatchObject([
      { id: table, engine: 'wasm', device: '2 CPU slots', batch: 1, job: { state: 'COMPLETE' } },
    ]);
    expect(node.search.id).toBe(searchId);
    expect(node.layers.length).toBeGreaterThan(10);
    expect(node.layers[0]).toEqual({ key: expect.stringContaining('@'), milliseconds: 0.1 });
  });
});

const keys = {
  LOSS: 'loss',
  PARAMS: 'params',
  MACS: 'macs',
  FLOPS_TOOL: 'flopsTool',
  ACTIVATION_BYTES: 'activationBytes',
  LATENCY_MS: 'latencyMs',
} as const;

describe('what cannot be solved', () => {
  it('is INFEASIBLE with figures', async () => {
    const error = await refusal(solve, { constraints: { params: { max: 10 } } });
    expect(error.extensions).toMatchObject({
      code: 'INFEASIBLE',
      path: ['constraints', 'params', 'max'],
      nearest: expect.any(Number),
    });
    expect(error.message).toMatch(/\d/);
    const max = error.extensions.nearest;
    const met = await ask({ constraints: { params: { max } } });
    expect(met[0]?.params).toBe(String(max));
  });

  it.each([
    [{ networks: 0 }, ['networks']],
    [{ networks: 101 }, ['networks']],
    [{ minDistance: -1 }, ['minDistance']],
    [{ lambdas: [1] }, ['lambdas']],
    [{ lambdas: [1, -1] }, ['lambdas', 1]],
    [{ constraints: { macs: { max: -1 } } }, ['constraints', 'macs', 'max']],
    [{ constraints: { macs: { min: 2, max: 1 } } }, ['constraints', 'macs', 'min']],
    [{ latencyTable: 'x' }, ['latencyTable']],
    [{ search: encodeGlobalId('Job', '00000000-0000-4000-8000-000000000000') }, ['search']],
  ])('is BAD_INPUT: %o', async (variables, path) => {
    const { extensions } = await refusal(solve, variables);
    expect(extensions).toMatchObject({ code: 'BAD_INPUT', path });
  });

  it('is BAD_INPUT: a front of one axis', async () => {
    const { extensions } = await refusal(front, { x: 'MACS', y: 'MACS' });
    expect(extensions).toMatchObject({ code: 'BAD_INPUT', path: ['y'] });
  });

  it('is NOT_FOUND: another search, or a table of another one', async () => {
    for (const query of [solve, front]) {
      expect((await refusal(query, { search: unknown })).extensions).toMatchObject({
        code: 'NOT_FOUND',
        path: ['search'],
      });
    }
    const latencyTable = encodeGlobalId('LatencyTable', '00000000-0000-4000-8000-000000000000');
    expect((await refusal(solve, { latencyTable })).extensions).toMatchObject({
      code: 'NOT_FOUND',
      path: ['latencyTable'],
    });
  });

  it('is NOT_READY while cells are not rated', async () => {
    const other = await startTestApi();
    try {
      const id = await startSearch(other);
      await playThrough(other.platform, 'distil');
      const early = await other.fail(solve, { search: id });
      expect(early.extensions).toMatchObject({ code: 'NOT_READY', path: ['search'] });
      expect(early.message).toContain('0 of 3');
    } finally {
      await other.close();
    }
  });
});
