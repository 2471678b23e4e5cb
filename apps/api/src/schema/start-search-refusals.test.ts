import { countSearches } from '@blockwise/db';
import { localReader } from '@blockwise/db/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { specInput, startSearch } from '../testing/test-search.ts';
import { encodeGlobalId } from './global-id.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';

const start = 'mutation ($input: StartSearchInput!) { startSearch(input: $input) { id } }';

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
      what: 'a pickle as the weights of the teacher',
      spec: {
        ...specInput,
        teacher: { timm: { architecture: 'tf_efficientnet_b7', file: '/weights/b7.PTH' } },
      },
      code: 'SPEC_INVALID',
      path: ['spec', 'teacher', 'timm', 'file'],
      message: /Python pickle, which is never opened: .*safetensors/,
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
    expect(await countSearches(api.platform.db, { reader: localReader })).toBe(0);
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
    expect(await countSearches(api.platform.db, { reader: localReader })).toBe(0);
  });

  it('an untrained teacher of another search: NOT_READY', async () => {
    const searchId = await startSearch(api);
    const spec = { ...specInput, teacher: { search: { searchId } } };
    const { extensions } = await api.fail(start, { input: { spec } });
    expect(extensions).toMatchObject({
      code: 'NOT_READY',
      path: ['spec', 'teacher', 'search', 'searchId'],
    });
    expect(await countSearches(api.platform.db, { reader: localReader })).toBe(1);
  });
});
