import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DatasetSource, networkTraining, trainingSpec } from '@blockwise/contracts';
import { networkCost, networkCuts, networkOf, printNetwork } from '@blockwise/dna';
import { readSafetensors, writeSafetensors, writeTimm } from '@blockwise/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layersModelCuts, writeLayersModel } from '../../testing/layers-model.ts';
import { TinyCompute } from '../../testing/tiny-compute.ts';
import { tinyDataset, tinySpec, tinyTeacher, tinyTraining } from '../../testing/tiny-search.ts';
import type { SearchPlan } from '../search-plan.ts';
import type { TeacherOrigin } from './teacher.ts';

let tiny: TinyCompute;
let folder: string;
beforeAll(async () => {
  tiny = await TinyCompute.open();
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-teacher-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await tiny.close();
});

const network = networkOf(tinyTeacher);
const training = trainingSpec.parse(tinyTraining);

type Said = ReturnType<TinyCompute['recorder']>;

function make(
  origin: TeacherOrigin,
  {
    dataset = tiny.spec.dataset,
    plan = {},
    said = tiny.recorder(),
  }: { dataset?: DatasetSource; plan?: Partial<SearchPlan>; said?: Said } = {},
) {
  const request = {
    data: { ...tiny.data, source: dataset },
    plan: { ...tiny.spec, ...plan },
    origin,
    seed: 7,
    onOutOfMemory: 'halve' as const,
    checkpointEverySeconds: 0,
    resume: null,
  };
  return tiny.run('teacher', request, said);
}

/** A file with the weights of the tiny search's teacher, as timm would have saved them. */
async function timmFile(change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes) {
  const { arrays } = readSafetensors(tiny.teacher.weights);
  const file = path.join(folder, 'model.safetensors');
  await writeFile(file, change(writeTimm(arrays, network, 3)));
  return { kind: 'timm', architecture: tinyTeacher, file } as const;
}

const fourClasses = tinySpec({ dataset: { ...tinyDataset, classes: 4 } }).dataset;

describe("a teacher from a file with timm's names", () => {
  test('is tested as it is, and has its real cut points', async () => {
    const { dataset, teacher } = await make({ ...(await timmFile()), training: null });
    const { params, macs } = networkCost(network, { inputSize: 16, classes: 3 });
    expect(teacher).toMatchObject({
      ...{ architecture: printNetwork(network), params, macs, testCount: 18 },
      cuts: networkCuts(network, 16),
    });
    const weights = readSafetensors(tiny.teacher.weights).arrays;
    expect(readSafetensors(teacher.weights).arrays).toEqual(weights);
    const taken = await make({
      kind: 'search',
      teacher: { ...tiny.teacher, params, macs },
      known: { imageSize: 16, classes: dataset.classes },
    });
    expect(taken.teacher.top1).toBe(teacher.top1);
  });

  test('for other classes is refused with both counts, and fine-tuned gets a new classifier', async () => {
    const file = await timmFile();
    await expect(make({ ...file, training: null }, { dataset: fourClasses })).rejects.toMatchObject(
      {
        code: 'SPEC_INVALID',
        path: ['teacher', 'training'],
        message: expect.stringContaining('tells 3 classes apart; the images have 4'),
      },
    );
    const said = tiny.recorder();
    const { teacher } = await make({ ...file, training }, { dataset: fourClasses, said });
    const { arrays } = readSafetensors(teacher.weights);
    expect(arrays.get('classifier.weight')?.shape).toEqual([16, 4]);
    expect(teacher.testCount).toBe(24);
    // Two epochs of 4 steps.
    expect(said.points.get('loss')).toHaveLength(8);
  });

  test('that is fine-tuned begins with the weights of the file', async () => {
    const slow = trainingSpec.parse({ ...tinyTraining, epochs: 1, learningRate: 1e-12 });
    const { teacher } = await make({ ...(await timmFile()), training: slow });
    const kernels = (bytes: Uint8Array) =>
      [...readSafetensors(bytes).arrays].filter(([name]) => !name.includes('running'));
    for (const [i, [name, { data }]] of kernels(teacher.weights).entries()) {
      const before = kernels(tiny.teacher.weights)[i]?.[1].data ?? [];
      data.forEach((value, at) => {
        expect(value, name).toBeCloseTo(before[at] ?? Number.NaN, 6);
      });
    }
  });

  test('that is not there is WEIGHTS_NOT_FOUND; one that lacks something lists its names', async () => {
    const gone = { ...(await timmFile()), file: '/nowhere/model.safetensors', training: null };
    await expect(make(gone)).rejects.toMatchObject({ code: 'WEIGHTS_NOT_FOUND' });
    const lacking = await timmFile((bytes) => {
      const arrays = new Map(readSafetensors(bytes).arrays);
      arrays.delete('conv_stem.weight');
      return writeSafetensors(arrays);
    });
    for (const given of [null, training]) {
      await expect(make({ ...lacking, training: given })).rejects.toMatchObject({
        code: 'WEIGHTS_MISMATCH',
        message: expect.stringContaining('conv_stem.weight'),
      });
    }
    const damaged = await timmFile((bytes) => bytes.slice(0, 100));
    await expect(make({ ...damaged, training: null })).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
    });
  });
});

describe('a trained network as a teacher', () => {
  const larger = tinySpec({ dataset: { ...tinyDataset, classes: 4, size: 32 } }).dataset;
  const origin = () =>
    ({
      kind: 'network',
      architecture: tinyTeacher,
      weights: tiny.teacher.weights,
      known: { imageSize: 16, classes: ['a', 'b', 'c'] },
    }) as const;

  test('for other images is refused as it is', async () => {
    await expect(make({ ...origin(), training: null }, { dataset: larger })).rejects.toMatchObject({
      code: 'SPEC_INVALID',
      path: ['teacher', 'networkId'],
      message: expect.stringContaining('16 pixels, not of 32'),
    });
  });

  test('is fine-tuned for other sizes and classes, from its weights, with a new classifier', async () => {
    const slow = trainingSpec.parse({ ...tinyTraining, epochs: 1, learningRate: 1e-12 });
    const made = await make({ ...origin(), training: slow }, { dataset: larger });
    expect(made.teacher.cuts).toEqual(networkCuts(network, 32));
    const after = readSafetensors(made.teacher.weights).arrays;
    const before = readSafetensors(tiny.teacher.weights).arrays;
    expect(after.get('classifier.weight')?.shape).toEqual([16, 4]);
    const stem = after.get('conv_stem.weight')?.data ?? [];
    expect(stem.length).toBeGreaterThan(0);
    stem.forEach((value, i) => {
      expect(value).toBeCloseTo(before.get('conv_stem.weight')?.data[i] ?? Number.NaN, 6);
    });
  });
});

describe('a LayersModel as a teacher', () => {
  const cuts = layersModelCuts;

  test('has features between its named layers, and is tested where it knows the classes', async () => {
    const file = await writeLayersModel(path.join(folder, 'drawn'), 3);
    const { dataset, teacher } = await make({ kind: 'layersModel', file, cuts });
    expect(teacher).toMatchObject({
      architecture: 'drawn',
      macs: null,
      params: 3 * 9 * 8 + 8 + 8 * 9 * 8 + 8 + 8 * 9 * 12 + 12 + 12 * 3 + 3,
      testCount: 18,
      cuts: [
        { channels: 8, size: 8 },
        { channels: 8, size: 4 },
        { channels: 12, size: 2 },
      ],
    });
    const { architecture, weights, cuts: shapes } = teacher;
    const stored = { kind: 'layersModel', architecture, weights, cuts: shapes } as const;
    const model = { ...tiny.teacher, ...stored, sha256: 'drawn' };
    const taken = await make({
      kind: 'search',
      teacher: { ...model, params: 1, macs: null },
      known: { imageSize: 16, classes: dataset.classes },
    });
    expect(taken.teacher.top1).toBe(teacher.top1);
    const features = {
      kind: 'windows',
      key: 'drawn',
      rows: 16,
      budgetBytes: 1e8,
      dtype: 'f32',
    } as const;
    const request = await tiny.distilRequest({}, { teacher: model, features });
    expect((await tiny.run('distil', request)).steps).toBe(6);
  });

  test('that knows other classes is used untested', async () => {
    const file = await writeLayersModel(path.join(folder, 'other'), 5);
    const origin = { kind: 'layersModel', file, cuts } as const;
    const { teacher } = await make(origin);
    expect(teacher).toMatchObject({ top1: null, testCount: 0 });
    const { rating, retrain } = tiny.spec;
    const byError = { rating: { ...rating, measure: 'replaceError' } } as const;
    await expect(make(origin, { plan: byError })).rejects.toMatchObject({
      code: 'SPEC_INVALID',
      path: ['rating', 'measure'],
      message: expect.stringContaining('tells 5 classes apart, the images have 3'),
    });
    const distilled = { ...networkTraining.parse({ globalDistil: {} }), networks: 1 };
    await expect(
      make(origin, { plan: { retrain: { ...retrain, ...distilled } } }),
    ).rejects.toMatchObject({ path: ['retrain', 'globalDistil', 'logitWeight'] });
  });

  test('that knows other classes rates by divergence, without an accuracy', async () => {
    const file = await writeLayersModel(path.join(folder, 'other'), 5);
    const { teacher } = await make({ kind: 'layersModel', file, cuts });
    const { cuts: shapes, weights: bytes } = teacher;
    const five = { cuts: shapes, weights: bytes, sha256: 'five' };
    const kl = { ...tiny.teacher, ...five, kind: 'layersModel' } as const;
    const features = {
      kind: 'windows',
      key: 'five',
      rows: 16,
      budgetBytes: 1e8,
      dtype: 'f32',
    } as const;
    const request = await tiny.distilRequest({}, { teacher: kl, features, measure: 'replaceKl' });
    const { weights } = await tiny.run('distil', request);
    const byKl = { ...tiny.spec.rating, measure: 'replaceKl' } as const;
    const rated = await tiny.run('rate', { ...request, rating: byKl, weights });
    expect(rated.kl).toEqual(rated.losses);
    expect(rated.top1).toBeNull();
  });

  test('whose features do not fit the space is refused with both shapes', async () => {
    const file = await writeLayersModel(path.join(folder, 'drawn'), 3);
    const fewer = make({ kind: 'layersModel', file, cuts: ['stem', 'second'] });
    await expect(fewer).rejects.toMatchObject({ code: 'SPACE_MISFIT' });
    const later = make({ kind: 'layersModel', file, cuts: ['stem', 'second', 'pool'] });
    await expect(later).rejects.toMatchObject({ code: 'BAD_INPUT' });
    const space = tinySpec().space.replace('n2_c8_s2', 'n2_c8_s1');
    const stride = make({ kind: 'layersModel', file, cuts }, { plan: { space } });
    await expect(stride).rejects.toMatchObject({
      code: 'SPACE_MISFIT',
      message: expect.stringMatching(/Block 1, cell 2: .*8×8×8.*4×4×8/),
    });
  });
});

test('a training that is resumed ends in the same teacher', async () => {
  const whole = tiny.recorder();
  const origin = { kind: 'train', architecture: tinyTeacher, training } as const;
  const { teacher } = await make(origin, { said: whole });
  const [, middle] = whole.checkpoints;
  if (!middle) throw new Error('there is a second checkpoint');
  const rest = tiny.recorder();
  const resumed = await tiny.run(
    'teacher',
    {
      data: tiny.data,
      plan: tiny.spec,
      origin,
      seed: 7,
      onOutOfMemory: 'halve',
      checkpointEverySeconds: 60,
      resume: middle,
    },
    rest,
  );
  expect(resumed.teacher).toEqual(teacher);
  expect(rest.points.get('val_accuracy')).toEqual(whole.points.get('val_accuracy'));
});
