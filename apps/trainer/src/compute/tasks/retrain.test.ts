import { type Confusion, networkTraining } from '@blockwise/contracts';
import { networkCost, networkOf } from '@blockwise/dna';
import { readSafetensors } from '@blockwise/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TinyCompute } from '../../testing/tiny-compute.ts';
import { tinyTeacher, tinyTraining } from '../../testing/tiny-search.ts';
import type { CutRequest } from '../cut-network.ts';
import type { RetrainRequest } from './retrain.ts';

let tiny: TinyCompute;
let cut: CutRequest;
beforeAll(async () => {
  tiny = await TinyCompute.open();
  const supernets = [];
  for (const [block, cell] of [0, 1].entries()) {
    const request = await tiny.distilRequest({}, { block, cell });
    supernets.push((await tiny.run('distil', request)).weights);
  }
  const choices = [
    { cell: 0, path: [1] },
    { cell: 1, path: [0, 1] },
  ];
  cut = { space: tiny.spec.space, choices, supernets, teacher: tiny.teacher };
});
afterAll(() => tiny.close());

const found =
  'cn_k3_s2_c8 | ir_k5_s2_e2_c8_se0.25 | ir_k3_s2_e2_c12_se0.25 ir_k5_s1_e2_c12_se0.25 | hd_c16';

function request(
  training: Parameters<typeof networkTraining.parse>[0],
  changes: Partial<RetrainRequest> = {},
): RetrainRequest {
  return {
    data: tiny.data,
    architecture: found,
    training: networkTraining.parse({ ...tinyTraining, ...(training as object) }),
    seed: 3,
    cut: null,
    teacher: null,
    onOutOfMemory: 'halve',
    checkpointEverySeconds: 0,
    resume: null,
    ...changes,
  };
}

function imagesOf(confusion: Confusion): number {
  return confusion.reduce((sum, { images }) => sum + images, 0);
}

/** Runs it, then again from some of its checkpoints: the results must be the same. */
async function expectResumable(training: object, changes: Partial<RetrainRequest>) {
  const whole = tiny.recorder();
  const undisturbed = await tiny.run('retrain', request(training, changes), whole);
  const { checkpoints } = whole;
  for (const resume of [1, Math.floor(checkpoints.length / 2), -1].map((i) => checkpoints.at(i))) {
    if (!resume) throw new Error('there is a checkpoint before every step');
    const rest = tiny.recorder();
    const again = request(training, { ...changes, resume, checkpointEverySeconds: 60 });
    expect(await tiny.run('retrain', again, rest)).toEqual(undisturbed);
    for (const key of ['loss', 'accuracy']) {
      const expected = whole.points.get(key)?.filter(({ step }) => step > resume.step);
      expect(rest.points.get(key) ?? []).toEqual(expected);
    }
  }
  return { ...undisturbed, said: whole };
}

describe('a retraining resumed from a checkpoint ends in the same network', () => {
  test('from scratch by a plain recipe', async () => {
    const { architecture, cost, top1, confusion, said } = await expectResumable({}, {});
    const right = confusion.filter(({ trueClass, guessedClass }) => trueClass === guessedClass);
    expect(imagesOf(right) / 18).toBe(top1);
    expect(imagesOf(confusion)).toBe(18);
    expect(architecture).toBe(found);
    const { layers: _, ...counted } = networkCost(networkOf(found), { inputSize: 16, classes: 3 });
    expect(counted).toMatchObject(cost);
    // 60 images in batches of 16, the rating images included.
    expect(said.points.get('loss')).toHaveLength(6);
  });

  test('by averages, mixing, dropping and accumulation', async () => {
    const recipe = { ema: 0.9, mixup: 0.2, cutmix: 1, dropout: 0.2, dropPath: 0.2, microBatch: 6 };
    await expectResumable({ ...recipe, optimizer: 'rmspropTf', augment: 'randAugment' }, {});
  });

  test('from the supernets, after a distillation from the teacher', async () => {
    const { architecture, said } = await expectResumable(
      { init: 'supernet', globalDistil: { epochs: 1 }, epochs: 1 },
      { cut, teacher: tiny.teacher },
    );
    const widths = networkOf(architecture).blocks.map((layers) => layers.at(-1));
    expect(widths).toMatchObject([{ channels: 8 }, { channels: 12 }]);
    expect(said.points.get('distil_loss')?.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(said.points.get('loss')?.map(({ step }) => step)).toEqual([4, 5, 6]);
  });
});

test('a distillation may stand in place of the training on labels', async () => {
  const said = tiny.recorder();
  const alone = { init: 'supernet', globalDistil: { epochs: 2 }, epochs: 0 };
  await tiny.run('retrain', request(alone, { cut, teacher: tiny.teacher }), said);
  expect([...said.points.keys()].sort()).toEqual([
    'accuracy',
    'data_wait',
    'distil_loss',
    'images_per_second',
    'learning_rate',
  ]);
});

test('cut out without training a network keeps its weights and the head of the teacher', async () => {
  const made = await tiny.run('cut', { ...cut, data: tiny.data, seed: 7 });
  const untrained = request({ init: 'supernet', epochs: 0 }, { cut, seed: 7 });
  const { top1, architecture, weights } = await tiny.run('retrain', untrained);
  expect(made).toEqual({ top1, architecture, weights });
  const head = (bytes: Uint8Array) => readSafetensors(bytes).arrays.get('classifier.weight')?.data;
  expect(head(weights)).toEqual(head(tiny.teacher.weights));
  expect(networkOf(architecture).head).toEqual(networkOf(tinyTeacher).head);
});
