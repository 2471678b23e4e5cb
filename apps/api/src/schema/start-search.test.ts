import { presets } from '@blockwise/contracts';
import { countSearches } from '@blockwise/db';
import { localReader } from '@blockwise/db/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playRetrain, playThrough, specInput, startSearch } from '../testing/test-search.ts';
import { encodeGlobalId } from './global-id.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';

const start = /* GraphQL */ `
  mutation ($input: StartSearchInput!) {
    startSearch(input: $input) {
      id name state phase spaceSize spec cursor
      team { name }
      dataset { hash }
      teacher { top1 }
      blocks { index cells { block index layers channels stride ops candidateCount state trainLoss
        best { path } distilJob { id } rateJob { id } } }
      jobs { nodes { kind state attempt progress { done } cell { id } network { id } curveKeys } }
      networks { nodes { id } }
    }
  }
`;

describe('startSearch', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it('stores the search with its defaults, cells and first job', async () => {
    const { startSearch: search } = await api.ask(start, { input: { spec: specInput } });
    expect(search).toMatchObject({
      name: 'tiny',
      state: 'QUEUED',
      phase: 'TEACHER',
      spaceSize: '108',
      team: { name: 'local' },
      dataset: null,
      teacher: null,
      networks: { nodes: [] },
      spec: {
        dataset: { kind: 'procedural', seed: 0, classes: 3 },
        teacher: { kind: 'train', training: { recipe: 'small@1', epochs: 1 } },
        distil: { epochs: 20, learningRate: null, decay: 0.9 },
        rating: { calibrationImages: 128 },
        constraints: {},
        features: { dtype: 'f32', cacheMegabytes: 4096, microBatch: 64 },
        onOutOfMemory: 'halve',
      },
    });
    expect(search.blocks.map((block: { index: number }) => block.index)).toEqual([1, 2]);
    expect(search.blocks[0].cells[1]).toEqual({
      block: 1,
      index: 2,
      layers: 2,
      channels: 8,
      stride: 1,
      ops: ['ir_k3_e3', 'ir_k5_e6_se0.25', 'ir_k7_e3'],
      candidateCount: 9,
      state: 'QUEUED',
      trainLoss: null,
      best: null,
      distilJob: null,
      rateJob: null,
    });
    expect(search.jobs.nodes).toEqual([
      {
        kind: 'TEACHER',
        state: 'QUEUED',
        attempt: 0,
        progress: null,
        cell: null,
        network: null,
        curveKeys: [],
      },
    ]);
    expect((await api.platform.queue.fetch('teacher'))?.kind).toBe('teacher');
  });

  it('answers the first search again for the same idempotency key', async () => {
    const before = await countSearches(api.platform.db, { reader: localReader });
    const input = { spec: specInput, idempotencyKey: 'notebook cell 7' };
    const first = await api.ask(start, { input });
    const second = await api.ask(start, { input });
    expect(second.startSearch.id).toBe(first.startSearch.id);
    expect(await countSearches(api.platform.db, { reader: localReader })).toBe(before + 1);
    const error = await api.fail(start, {
      input: { ...input, spec: { ...specInput, seed: 4 } },
    });
    expect(error.extensions).toMatchObject({ code: 'CONFLICT', path: ['idempotencyKey'] });
  });

  it('takes one learning rate and one number of epochs for each block', async () => {
    const spec = { ...specInput, distil: { learningRate: [0.002, 0.005], epochs: [2, 1] } };
    const { startSearch: search } = await api.ask(start, { input: { spec } });
    expect(search.spec.distil).toMatchObject({ learningRate: [0.002, 0.005], epochs: [2, 1] });
  });

  it("takes the paper's setting: multi-cell space, B7 from timm's file, three budgets", async () => {
    const spec = {
      name: 'paper',
      dataset: { imageFolder: { path: '/imagenet', size: 224 } },
      teacher: { timm: { architecture: 'tf_efficientnet_b7', file: '/b7.safetensors' } },
      space: 'dna-multi',
      constraints: { params: { max: 5_300_000 }, flopsTool: { max: 4e8 }, latencyMs: { max: 50 } },
      latency: { engine: 'WASM' },
      retrain: { recipe: 'dna-2020-authors@1', microBatch: 64, seeds: 3 },
    };
    const { startSearch: search } = await api.ask(start, { input: { spec } });
    expect(search.spaceSize).toBe('195898498887057408');
    expect(search.blocks).toHaveLength(6);
    expect(search.blocks.flatMap(({ cells }: Data) => cells)).toHaveLength(16);
    expect(search.spec).toMatchObject({
      space: 'dna-multi',
      teacher: { kind: 'timm', training: null },
      latency: { engine: 'wasm', batch: 1, repeats: 15 },
      retrain: { recipe: 'dna-2020-authors@1', microBatch: 64, seeds: 3, init: 'scratch' },
    });
  });

  it('takes null for a field that has a default', async () => {
    const spec = { ...specInput, seed: null, distil: { epochs: null }, constraints: null };
    const { startSearch: search } = await api.ask(start, { input: { spec } });
    expect(search.spec).toMatchObject({ seed: 0, distil: { epochs: 20 }, constraints: {} });
  });

  it('takes windows between minimum and maximum that hold many networks', async () => {
    const { dataset, teacher, space, retrain } = presets.demo();
    const spec = {
      ...specInput,
      name: 'windows',
      dataset: { procedural: without(dataset, 'kind') },
      teacher: { train: without(teacher, 'kind') },
      space,
      retrain,
      constraints: { params: { min: 80_000, max: 110_000 }, macs: { min: 1.8e6, max: 2.6e6 } },
    };
    const { startSearch: search } = await api.ask(start, { input: { spec } });
    expect(search.spec.constraints).toEqual(spec.constraints);
  });

  it('starts on a network that an earlier search found, scaled or not', async () => {
    const earlier = await startTestApi();
    try {
      const found = await startSearch(earlier);
      await playThrough(earlier.platform, 'solve');
      const networks = 'query ($id: ID!) { search(id: $id) { networks { nodes { id } } } }';
      const { search: solved } = await earlier.ask(networks, { id: found });
      const [{ id: networkId }] = solved.networks.nodes;
      const specOf = (teacher: object) => ({ ...specInput, teacher: { network: teacher } });
      const refused = async (teacher: object) =>
        (await earlier.fail(start, { input: { spec: specOf(teacher) } })).extensions;
      const path = (field: string) => ['spec', 'teacher', 'network', field];
      expect(await refused({ networkId })).toMatchObject({
        code: 'NOT_READY',
        path: path('networkId'),
      });
      expect(await refused({ networkId, width: 2 })).toMatchObject({
        code: 'SPEC_INVALID',
        path: path('training'),
      });
      expect(await refused({ networkId: encodeGlobalId('Network', unknownId) })).toMatchObject({
        code: 'NOT_FOUND',
        path: path('networkId'),
      });
      expect(await refused({ networkId: found })).toMatchObject({
        code: 'BAD_INPUT',
        path: path('networkId'),
      });
      await playRetrain(earlier.platform, 0.6);
      await playRetrain(earlier.platform, 0.7);
      const larger = { procedural: { ...specInput.dataset.procedural, size: 32 } };
      const bigger = { ...specOf({ networkId }), dataset: larger };
      expect((await earlier.fail(start, { input: { spec: bigger } })).extensions).toMatchObject({
        code: 'SPEC_INVALID',
        path: path('networkId'),
      });
      for (const teacher of [{ networkId }, { networkId, depth: 2, training: { epochs: 1 } }]) {
        const { startSearch: search } = await earlier.ask(start, {
          input: { spec: specOf(teacher) },
        });
        expect(search.spec.teacher).toMatchObject({ kind: 'network', ...teacher });
      }
    } finally {
      await earlier.close();
    }
  });

  it('starts on the teacher of an earlier search and shows its opaque id', async () => {
    const earlier = await startTestApi();
    try {
      const searchId = await startSearch(earlier);
      await playThrough(earlier.platform, 'teacher');
      const spec = { ...specInput, teacher: { search: { searchId } } };
      const { startSearch: search } = await earlier.ask(start, { input: { spec } });
      expect(search.spec.teacher).toEqual({ kind: 'search', searchId });
      const smaller = {
        ...spec,
        dataset: { procedural: { ...specInput.dataset.procedural, size: 32 } },
      };
      const error = await earlier.fail(start, { input: { spec: smaller } });
      expect(error.extensions).toMatchObject({
        code: 'SPEC_INVALID',
        path: ['spec', 'teacher', 'search', 'searchId'],
      });
      expect(error.message).toContain('16');
    } finally {
      await earlier.close();
    }
  });
});

function without<T extends object>(value: T, key: keyof T): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
