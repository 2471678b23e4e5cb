import { networkCost, parseNetwork, printEncoding } from '@blockwise/dna';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyNetwork } from '../testing/every-network.ts';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playCut, playRetrain, playThrough, startSearch, task } from '../testing/test-search.ts';
import { encodeGlobalId } from './global-id.ts';

const all = everyNetwork();

/* What can be asked of a complete search besides an audit. */
let api: TestApi;
let search: string;
beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
});
afterAll(() => api.close());

const retrain = /* GraphQL */ `
  mutation ($input: RetrainNetworksInput!) {
    retrainNetworks(input: $input) {
      id origin predictedRank loss architecture encoding params state top1 audit { id }
      retrainings { seed state recipe { name } spec differences { field recipe used } job { id kind } }
    }
  }
`;
const ask = async (input: object): Promise<Data[]> =>
  (await api.ask(retrain, { input: { search, ...input } })).retrainNetworks;

describe('retrainNetworks', () => {
  const [one, other] = [all[7], all[40]];
  if (one === undefined || other === undefined) throw new Error('the space is too small');

  it('takes networks by text and by encoding, and predicts their loss', async () => {
    const training = { recipe: 'timm-modern@1', epochs: 2, batch: 8, augment: 'LIGHT', seeds: 2 };
    const networks = { architectures: [one.architecture, other.architecture] };
    const found = await ask({ networks, training });
    expect(found).toMatchObject(
      [one, other].map(({ architecture, params }) => ({
        origin: 'REQUESTED',
        predictedRank: null,
        architecture,
        params: String(params),
        state: 'QUEUED',
        top1: null,
        audit: null,
        retrainings: [
          { seed: 0, state: 'QUEUED', recipe: { name: 'timm-modern@1' }, job: { kind: 'RETRAIN' } },
          { seed: 1 },
        ],
      })),
    );
    for (const [i, { loss }] of found.entries())
      expect(loss).toBeCloseTo([one, other][i]?.loss ?? 0);
    expect(found[0].retrainings[1].differences).toEqual([
      { field: 'epochs', recipe: '300', used: '2' },
      { field: 'batch', recipe: '1024', used: '8' },
      { field: 'augment', recipe: 'randAugment', used: 'light' },
    ]);
    for (const top1 of [0.5, 0.6, 0.7, 0.9]) await playRetrain(api.platform, top1);
    const { search: shown } = await api.ask(
      `query ($id: ID!) { search(id: $id) { state
        networks(origin: REQUESTED) { nodes { state top1 top1Deviation retrainings { top1 state sha256 architecture params macs } } } } }`,
      { id: search },
    );
    expect(shown.state).toBe('COMPLETE');
    expect(shown.networks.nodes).toHaveLength(2);
    for (const { state, top1, top1Deviation, retrainings } of shown.networks.nodes) {
      const [a, b] = retrainings.map((each: Data) => each.top1);
      expect(state).toBe('COMPLETE');
      expect(top1).toBeCloseTo((a + b) / 2, 12);
      expect(top1Deviation).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 12);
      expect(retrainings[0].sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    const encodings = [printEncoding(one.choices)];
    expect((await ask({ networks: { encodings } }))[0]).toMatchObject({
      architecture: one.architecture,
      encoding: encodings[0],
    });
  });

  it('takes the best networks under constraints', async () => {
    const max = all.map(({ macs }) => macs).sort((a, b) => a - b)[30] ?? 0;
    const best = { networks: 2, constraints: { macs: { max } } };
    const found = await ask({ networks: { best }, training: { seed: 5 } });
    const expected = all
      .filter(({ macs }) => macs <= max)
      .sort((a, b) => a.loss - b.loss)
      .slice(0, 2);
    expect(found.map(({ architecture }) => architecture)).toEqual(
      expected.map(({ architecture }) => architecture),
    );
    expect(found[0].retrainings).toMatchObject([{ seed: 5 }]);
  });

  it('starts nothing twice for one key', async () => {
    const networks = { encodings: [printEncoding(other.choices)] };
    const [first] = await ask({ networks, idempotencyKey: 'cell 3' });
    const [second] = await ask({ networks, idempotencyKey: 'cell 3' });
    expect(second.id).toBe(first.id);
    const changed = { search, networks, training: { epochs: 3 }, idempotencyKey: 'cell 3' };
    expect((await api.fail(retrain, { input: changed })).extensions).toMatchObject({
      code: 'CONFLICT',
      path: ['idempotencyKey'],
    });
  });

  it.each([
    [{ networks: { encodings: ['1:0'] } }, 'BAD_INPUT', ['networks', 'encodings', 0]],
    [{ networks: { encodings: [] } }, 'BAD_INPUT', ['networks', 'encodings']],
    [{ networks: { architectures: ['resnet50'] } }, 'BAD_INPUT', ['networks', 'architectures', 0]],
    [{ networks: { architectures: ['x y'] } }, 'SPACE_SYNTAX', ['networks', 'architectures', 0]],
    [{ networks: { best: { networks: 0 } } }, 'BAD_INPUT', ['networks', 'best', 'networks']],
    [
      { networks: { best: { constraints: { params: { max: 9 } } } } },
      'INFEASIBLE',
      ['networks', 'best', 'constraints', 'params', 'max'],
    ],
    [{ networks: { best: {} }, training: { epochs: 0 } }, 'SPEC_INVALID', ['training', 'epochs']],
    [{ networks: { best: {} }, training: { batch: 1 } }, 'SPEC_INVALID', ['training', 'batch']],
    [{ networks: { best: {} }, idempotencyKey: '' }, 'BAD_INPUT', ['idempotencyKey']],
  ])('refuses %o', async (input, code, path) => {
    const error = await api.fail(retrain, { input: { search, ...input } });
    expect(error.extensions).toMatchObject({ code, path });
  });
});

describe('cutWeights', () => {
  const cut = `mutation ($network: ID!) { cutWeights(input: { network: $network }) {
    id kind state network { id } } }`;

  it('answers one job per network, and the weights when they are cut', async () => {
    const [network] = await networksOf(search);
    const { cutWeights } = await api.ask(cut, { network });
    expect(cutWeights).toMatchObject({ kind: 'CUT', state: 'QUEUED', network: { id: network } });
    expect((await api.ask(cut, { network })).cutWeights.id).toBe(cutWeights.id);
    const teacherWidths = all[7]?.architecture.replaceAll('_c8', '_c12') ?? '';
    await playCut(api.platform, 0.4, teacherWidths);
    const { node } = await api.ask(
      'query ($id: ID!) { node(id: $id) { ... on Network { cut { architecture top1 sha256 params macs } cutJob { state } } } }',
      { id: network },
    );
    const { params, macs } = networkCost(parseNetwork(teacherWidths), task);
    expect(node).toMatchObject({
      cut: {
        params: String(params),
        macs: String(macs),
        top1: 0.4,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      cutJob: { state: 'COMPLETE' },
    });
  });

  it('is NOT_FOUND or BAD_INPUT for other ids', async () => {
    const unknown = encodeGlobalId('Network', '00000000-0000-4000-8000-000000000000');
    expect((await api.fail(cut, { network: unknown })).extensions).toMatchObject({
      code: 'NOT_FOUND',
      path: ['network'],
    });
    expect((await api.fail(cut, { network: search })).extensions).toMatchObject({
      code: 'BAD_INPUT',
      path: ['network'],
    });
  });
});

describe('cancelJob', () => {
  const cancel = 'mutation ($job: ID!) { cancelJob(input: { job: $job }) { id state } }';

  it('ends one training; the network keeps what worked', async () => {
    const encodings = [printEncoding(all[20]?.choices ?? [])];
    const [network] = await ask({ networks: { encodings } });
    const [{ job }] = network.retrainings;
    const { cancelJob } = await api.ask(cancel, { job: job.id });
    expect(cancelJob).toEqual({ id: job.id, state: 'CANCELLED' });
    const { node } = await api.ask(
      'query ($id: ID!) { node(id: $id) { ... on Network { state top1 } } }',
      { id: network.id },
    );
    expect(node).toEqual({ state: 'CANCELLED', top1: null });
  });
});

describe('a search under way', () => {
  it('refuses them all with CONFLICT', async () => {
    const other = await startTestApi();
    try {
      const id = await startSearch(other);
      await playThrough(other.platform, 'solve');
      const [network] = await networksOf(id, other);
      const operations: [string, Record<string, unknown>][] = [
        [retrain, { input: { search: id, networks: { best: {} } } }],
        [
          'mutation ($search: ID!) { measureLatency(input: { search: $search }) { id } }',
          { search: id },
        ],
        [
          'mutation ($search: ID!) { startAudit(input: { search: $search, spec: { networks: 4 } }) { id } }',
          { search: id },
        ],
        [
          'mutation ($network: ID!) { cutWeights(input: { network: $network }) { id } }',
          { network },
        ],
      ];
      for (const [operation, variables] of operations) {
        const { extensions } = await other.fail(operation, variables);
        expect(extensions).toMatchObject({ code: 'CONFLICT', path: ['search'] });
      }
    } finally {
      await other.close();
    }
  });
});

async function networksOf(id: string, of = api): Promise<string[]> {
  const { search: found } = await of.ask(
    'query ($id: ID!) { search(id: $id) { networks { nodes { id } } } }',
    { id },
  );
  return found.networks.nodes.map((network: Data) => network.id);
}
