import { presets } from '@blockwise/contracts';
import { countSearches } from '@blockwise/db';
import { takeAttempt } from '@blockwise/db/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import {
  playRate,
  playRetrain,
  playThrough,
  specInput,
  startSearch,
} from '../testing/test-search.ts';
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
      jobs { kind state attempt progress { done } cell { id } network { id } curveKeys }
      networks { id }
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
      networks: [],
      spec: {
        dataset: { kind: 'procedural', seed: 0, classes: 3 },
        teacher: { kind: 'train', training: { recipe: 'small@1', epochs: 1 } },
        distil: { epochs: 20, learningRate: null, decay: 0.9 },
        rating: { calibrationImages: 128 },
        constraints: {},
        featureCacheMegabytes: 4096,
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
    expect(search.jobs).toEqual([
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
    const before = await countSearches(api.platform.db, {});
    const input = { spec: specInput, idempotencyKey: 'notebook cell 7' };
    const first = await api.ask(start, { input });
    const second = await api.ask(start, { input });
    expect(second.startSearch.id).toBe(first.startSearch.id);
    expect(await countSearches(api.platform.db, {})).toBe(before + 1);
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
      latency: { engine: 'wasm' },
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
      const networks = 'query ($id: ID!) { search(id: $id) { networks { id } } }';
      const { search: solved } = await earlier.ask(networks, { id: found });
      const [{ id: networkId }] = solved.networks;
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

describe('startSearch refuses, and stores nothing', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const { training } = specInput.teacher.train;
  const unknown = encodeGlobalId('Search', unknownId);
  const cases: {
    what: string;
    spec: object;
    idempotencyKey?: string;
    code: string;
    path: (string | number)[];
    message?: RegExp;
  }[] = [
    {
      what: 'a value out of range',
      spec: { ...specInput, distil: { epochs: 0 } },
      code: 'SPEC_INVALID',
      path: ['spec', 'distil', 'epochs'],
    },
    {
      what: 'a learning rate that is not positive, with its own reason',
      spec: { ...specInput, distil: { learningRate: [-1] } },
      code: 'SPEC_INVALID',
      path: ['spec', 'distil', 'learningRate'],
      message: />0/,
    },
    {
      what: 'one of several learning rates',
      spec: { ...specInput, distil: { learningRate: [0.1, 11] } },
      code: 'SPEC_INVALID',
      path: ['spec', 'distil', 'learningRate', 1],
    },
    {
      what: 'too many learning rates',
      spec: { ...specInput, distil: { learningRate: [0.1, 0.1, 0.1] } },
      code: 'SPEC_INVALID',
      path: ['spec', 'distil', 'learningRate'],
      message: /3 learning rates .* 2 blocks/,
    },
    {
      what: 'too few numbers of epochs',
      spec: { ...specInput, distil: { epochs: [3, 4, 5] } },
      code: 'SPEC_INVALID',
      path: ['spec', 'distil', 'epochs'],
      message: /3 numbers of epochs .* 2 blocks/,
    },
    {
      what: 'a weight λ too few',
      spec: { ...specInput, solve: { lambdas: [1] } },
      code: 'SPEC_INVALID',
      path: ['spec', 'solve', 'lambdas'],
    },
    {
      what: 'a bound on latency that nothing measures',
      spec: { ...specInput, constraints: { latencyMs: { max: 5 } } },
      code: 'SPEC_INVALID',
      path: ['spec', 'latency'],
    },
    {
      what: 'a recipe that is not published',
      spec: { ...specInput, retrain: { recipe: 'dna-2020@2' } },
      code: 'SPEC_INVALID',
      path: ['spec', 'retrain', 'recipe'],
    },
    {
      what: "a distillation of features between other widths than the teacher's",
      spec: { ...specInput, retrain: { globalDistil: { epochs: 2 } } },
      code: 'SPEC_INVALID',
      path: ['spec', 'retrain', 'globalDistil', 'featureWeight'],
    },
    {
      what: 'a distillation of nothing',
      spec: { ...specInput, retrain: { globalDistil: { featureWeight: 0, logitWeight: 0 } } },
      code: 'SPEC_INVALID',
      path: ['spec', 'retrain', 'globalDistil', 'logitWeight'],
    },
    {
      what: 'no epoch of retraining',
      spec: { ...specInput, retrain: { epochs: 0 } },
      code: 'SPEC_INVALID',
      path: ['spec', 'retrain', 'epochs'],
    },
    {
      what: "no epoch of a teacher's training",
      spec: {
        ...specInput,
        teacher: { train: { ...specInput.teacher.train, training: { epochs: 0 } } },
      },
      code: 'SPEC_INVALID',
      path: ['spec', 'teacher', 'train', 'training', 'epochs'],
    },
    {
      what: 'a published teacher that does not exist',
      spec: { ...specInput, teacher: { timm: { architecture: 'resnet51', file: '/r' } } },
      code: 'SPACE_SYNTAX',
      path: ['spec', 'teacher', 'timm', 'architecture'],
    },
    {
      what: 'a published teacher that does not fit',
      spec: { ...specInput, teacher: { timm: { architecture: 'resnet50', file: '/r' } } },
      code: 'SPACE_MISFIT',
      path: ['spec', 'space', 'blocks'],
    },
    {
      what: 'a LayersModel with too many cuts',
      spec: {
        ...specInput,
        teacher: { layersModel: { file: '/model.json', cuts: ['a', 'b', 'c', 'd'] } },
      },
      code: 'SPACE_MISFIT',
      path: ['spec', 'teacher', 'layersModel', 'cuts'],
      message: /4 cuts .* 2 blocks/,
    },
    {
      what: 'a preset space that does not exist',
      spec: { ...specInput, space: 'dna-triple' },
      code: 'SPACE_SYNTAX',
      path: ['spec', 'space'],
    },
    {
      what: 'a budget of memory that the smallest network exceeds',
      spec: { ...specInput, constraints: { activationBytes: { max: 10 } } },
      code: 'INFEASIBLE',
      path: ['spec', 'constraints', 'activationBytes', 'max'],
    },
    {
      what: 'a field of the data set',
      spec: { ...specInput, dataset: { imageFolder: { path: ' ', size: 32 } } },
      code: 'SPEC_INVALID',
      path: ['spec', 'dataset', 'imageFolder', 'path'],
    },
    {
      what: "a field of the teacher's training",
      spec: {
        ...specInput,
        teacher: { train: { architecture: 'x', training: { ...training, batch: 1 } } },
      },
      code: 'SPEC_INVALID',
      path: ['spec', 'teacher', 'train', 'training', 'batch'],
    },
    {
      what: 'a minimum above its maximum',
      spec: { ...specInput, constraints: { params: { min: 2, max: 1 } } },
      code: 'SPEC_INVALID',
      path: ['spec', 'constraints', 'params', 'min'],
    },
    {
      what: 'rating images that leave none to train on',
      spec: { ...specInput, ratingPerClass: 40 },
      code: 'SPEC_INVALID',
      path: ['spec', 'ratingPerClass'],
    },
    {
      what: 'a space that does not follow the grammar',
      spec: { ...specInput, space: `${specInput.space}\nblocks n1` },
      code: 'SPACE_SYNTAX',
      path: ['spec', 'space'],
      message: /"blocks" at line 6, column 1/,
    },
    {
      what: 'a teacher that does not follow the grammar',
      spec: { ...specInput, teacher: { train: { architecture: 'resnet51', training } } },
      code: 'SPACE_SYNTAX',
      path: ['spec', 'teacher', 'train', 'architecture'],
    },
    {
      what: 'a cell that does not fit between the cut points',
      spec: { ...specInput, space: specInput.space.replace('n2_c8_s1', 'n2_c8_s2') },
      code: 'SPACE_MISFIT',
      path: ['spec', 'space', 'blocks', 0, 'cells', 1],
      message: /Block 1, cell 2: .*4×4×8.*8×8×12/,
    },
    {
      what: 'a teacher with another number of blocks',
      spec: { ...specInput, space: specInput.space.replace('block n2_c16_s2\n', '') },
      code: 'SPACE_MISFIT',
      path: ['spec', 'space', 'blocks'],
    },
    {
      what: 'a budget that the smallest network exceeds',
      spec: { ...specInput, constraints: { params: { max: 100 } } },
      code: 'INFEASIBLE',
      path: ['spec', 'constraints', 'params', 'max'],
      message: /The smallest network has [\d,]+/,
    },
    {
      what: 'the same where the classes are not known yet',
      spec: {
        ...specInput,
        dataset: { imageFolder: { path: '/images', size: 16 } },
        constraints: { macs: { max: 1000 } },
      },
      code: 'INFEASIBLE',
      path: ['spec', 'constraints', 'macs', 'max'],
    },
    {
      what: 'the teacher of a search that does not exist',
      spec: { ...specInput, teacher: { search: { searchId: unknown } } },
      code: 'NOT_FOUND',
      path: ['spec', 'teacher', 'search', 'searchId'],
    },
    {
      what: 'an id of another type',
      spec: {
        ...specInput,
        teacher: {
          search: {
            searchId: encodeGlobalId('Cell', unknownId),
          },
        },
      },
      code: 'BAD_INPUT',
      path: ['spec', 'teacher', 'search', 'searchId'],
    },
    {
      what: 'an empty idempotency key',
      spec: specInput,
      idempotencyKey: '',
      code: 'BAD_INPUT',
      path: ['idempotencyKey'],
    },
  ];

  it.each(cases)('$what: $code', async ({ spec, idempotencyKey, code, path, message }) => {
    const error = await api.fail(start, { input: { spec, idempotencyKey } });
    expect(error.extensions).toMatchObject({ code, path });
    if (message !== undefined) {
      expect(error.message).toMatch(message);
    }
    expect(await countSearches(api.platform.db, {})).toBe(0);
    expect(await api.platform.queue.fetch('teacher')).toBeNull();
  });

  it('lists every fault', async () => {
    const spec = { ...specInput, name: ' ', seed: -1, rating: { batch: 1 } };
    const { extensions } = await api.fail(start, { input: { spec } });
    expect(extensions.issues?.map(({ path }) => path)).toEqual([
      ['spec', 'name'],
      ['spec', 'seed'],
      ['spec', 'rating', 'batch'],
    ]);
  });

  it.each([
    ['two data sets', { dataset: { ...specInput.dataset, cifar10: { path: '/cifar' } } }],
    ['no data set', { dataset: {} }],
    ['a text for a number', { seed: 'one' }],
    ['a field that does not exist', { speed: 1 }],
  ])('%s: BAD_INPUT by the schema', async (_what, change) => {
    const { status, errors } = await api.post(start, {
      input: { spec: { ...specInput, ...change } },
    });
    expect(status).toBe(400);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_INPUT']);
    expect(await countSearches(api.platform.db, {})).toBe(0);
  });

  it('an untrained teacher of another search: NOT_READY', async () => {
    const searchId = await startSearch(api);
    const spec = { ...specInput, teacher: { search: { searchId } } };
    const { extensions } = await api.fail(start, { input: { spec } });
    expect(extensions).toMatchObject({
      code: 'NOT_READY',
      path: ['spec', 'teacher', 'search', 'searchId'],
    });
    expect(await countSearches(api.platform.db, {})).toBe(1);
  });
});

describe('cancelSearch', () => {
  const cancel = /* GraphQL */ `
    mutation ($search: ID!) {
      cancelSearch(input: { search: $search }) {
        state finishedAt jobs { state } blocks { cells { state } }
      }
    }
  `;
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it('ends the search and its jobs, and is repeatable', async () => {
    const search = await startSearch(api);
    const first = await api.ask(cancel, { search });
    expect(first.cancelSearch).toMatchObject({
      state: 'CANCELLED',
      jobs: [{ state: 'CANCELLED' }],
      blocks: [
        { cells: [{ state: 'CANCELLED' }, { state: 'CANCELLED' }] },
        { cells: [{ state: 'CANCELLED' }] },
      ],
    });
    expect(await api.ask(cancel, { search })).toEqual(first);
    expect(await api.platform.queue.fetch('teacher')).toBeNull();
  });

  it('shows cells as they stood: rated, cancelled half way, cancelled by a failure', async () => {
    const states = async (search: string) => {
      const query = 'query ($id: ID!) { search(id: $id) { blocks { cells { state } } } }';
      const { blocks } = (await api.ask(query, { id: search })).search;
      return blocks.flatMap(({ cells }: { cells: { state: string }[] }) =>
        cells.map(({ state }) => state),
      );
    };
    const half = await startSearch(api);
    await playThrough(api.platform, 'distil');
    await playRate(api.platform);
    expect(await states(half)).toEqual(['COMPLETE', 'RUNNING', 'RUNNING']);
    await api.ask(cancel, { search: half });
    expect(await states(half)).toEqual(['COMPLETE', 'CANCELLED', 'CANCELLED']);

    const failed = await startSearch(api);
    expect(await states(failed)).toEqual(['QUEUED', 'QUEUED', 'QUEUED']);
    const attempt = await takeAttempt(api.platform, 'teacher');
    await attempt.fail({ code: 'DATASET_NOT_FOUND', message: 'gone' }, { retry: false });
    expect(await states(failed)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
  });

  it('CONFLICT when the search is complete', async () => {
    const search = await startSearch(api);
    await playThrough(api.platform, 'retrain');
    const { extensions } = await api.fail(cancel, { search });
    expect(extensions.code).toBe('CONFLICT');
  });

  it('NOT_FOUND and BAD_INPUT', async () => {
    const unknown = encodeGlobalId('Search', unknownId);
    expect((await api.fail(cancel, { search: unknown })).extensions.code).toBe('NOT_FOUND');
    expect((await api.fail(cancel, { search: 'seven' })).extensions).toMatchObject({
      code: 'BAD_INPUT',
      path: ['search'],
    });
  });
});

function without<T extends object>(value: T, key: keyof T): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
