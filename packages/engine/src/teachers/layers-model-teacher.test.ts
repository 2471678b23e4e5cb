import { createRandom } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeEngines } from '../backends/describe-engines.ts';
import { openEngine } from '../backends/open.ts';
import { relativeError } from '../tolerance.ts';
import { readLayersModel } from './layers-model-file.ts';
import { LayersModelTeacher } from './layers-model-teacher.ts';
import { saveModel, smallModel, smallModelCuts, smallModelImage } from './model-testing.ts';

const random = createRandom('images');
const count = 3;
const x = Float32Array.from({ length: count * smallModelImage ** 2 * 3 }, () => random.normal());

async function fileOf(model: layers.LayersModel) {
  const file = await readLayersModel(await saveModel(model));
  model.dispose();
  return file;
}

async function load(model = smallModel(), cuts = smallModelCuts, imageSize = smallModelImage) {
  return await LayersModelTeacher.load({ file: await fileOf(model), cuts, imageSize });
}

describeEngines('LayersModelTeacher', (engine) => {
  beforeAll(async () => {
    await openEngine(engine);
  });

  it('has the features and the scores of the model that was saved', async () => {
    const model = smallModel();
    const images = tf.tensor4d(x, [count, smallModelImage, smallModelImage, 3]);
    const outputs = [...smallModelCuts, 'scores'].map(
      (name) => model.getLayer(name).output as layers.SymbolicTensor,
    );
    const whole = layers.model({ inputs: model.inputs, outputs });
    const expected = (whole.predict(images) as tf.Tensor[]).map((y) => y.dataSync());
    const teacher = await load(model);
    expect(teacher.cuts).toEqual([
      { size: 8, channels: 4 },
      { size: 8, channels: 4 },
      { size: 4, channels: 6 },
    ]);
    expect([teacher.classes, teacher.image]).toEqual([5, { size: 16, channels: 3 }]);
    const features = await teacher.features(x, count, [2, 0, 1, 2]);
    [2, 0, 1, 2].forEach((cut, i) => {
      expect(relativeError(features[i] ?? [], expected[cut] ?? [])).toBeLessThan(1e-6);
    });
    const logits = await teacher.logits(x, count);
    expect(relativeError(logits.map(Math.exp), expected[3] ?? [])).toBeLessThan(1e-6);
    teacher.dispose();
  });

  it.each(['softmax', 'linear'] as const)('goes on from every cut, %s', async (end) => {
    const teacher = await load(smallModel({ end }));
    const logits = await teacher.logits(x, count);
    for (const cut of [2, 0, 1]) {
      const [features] = await teacher.features(x, count, [cut]);
      const again = await teacher.logitsFrom(cut, features ?? new Float32Array(), count);
      expect(relativeError(again, logits)).toBeLessThan(1e-6);
    }
    const labels = Array.from({ length: count }, (_, i) => {
      const row = logits.slice(5 * i, 5 * i + 5);
      return row.indexOf(Math.max(...row));
    });
    expect([...(await teacher.guess(x, count))]).toEqual(labels);
    teacher.dispose();
  });

  it('leaves no tensor behind', async () => {
    const file = await fileOf(smallModel());
    const before = tf.memory().numTensors;
    const options = { file, cuts: smallModelCuts, imageSize: smallModelImage };
    const teacher = await LayersModelTeacher.load(options);
    const loaded = tf.memory().numTensors;
    const [features] = await teacher.features(x, count, [1]);
    await teacher.logitsFrom(1, features ?? new Float32Array(), count);
    await teacher.logits(x, count);
    expect(tf.memory().numTensors).toBe(loaded);
    teacher.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a model that does not suit', () => {
  beforeAll(async () => {
    await openEngine('wasm');
  });

  it('takes a model for any size of image', async () => {
    const teacher = await load(smallModel({ size: null }), smallModelCuts, 10);
    expect(teacher.cuts.map(({ size }) => size)).toEqual([5, 5, 3]);
    teacher.dispose();
  });

  it.each([
    [
      'no such layer',
      ['stem_out', 'nowhere'],
      16,
      'has no layer nowhere. Its layers are image,',
      1,
    ],
    ['order', ['block2_out', 'stem_out'], 16, 'stem_out does not come after block2_out', 1],
    ['twice the same', ['stem_out', 'stem_out'], 16, 'stem_out does not come after stem_out', 1],
    ['no feature map', ['stem_out', 'pool'], 16, 'pool gives 6, not square feature maps', 1],
    ['another image', ['stem_out'], 32, 'takes 16×16×3, but the images are 32×32×3', null],
  ])('refuses: %s', async (_, cuts, size, message, cut) => {
    const file = await fileOf(smallModel());
    const before = tf.memory().numTensors;
    await expect(LayersModelTeacher.load({ file, cuts, imageSize: size })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining(message),
      path: cut === null ? ['teacher', 'file'] : ['teacher', 'cuts', cut],
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses to go on from a cut that the output goes around', async () => {
    const teacher = await load(smallModel({ detour: true }));
    expect((await teacher.logits(x, count)).length).toBe(5 * count);
    await expect(
      teacher.logitsFrom(1, new Float32Array(count * 8 * 8 * 4), count),
    ).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('block1_out also depends on the image by a way around'),
    });
    teacher.dispose();
  });

  it('has no scores where it is no classifier', async () => {
    const model = smallModel();
    const output = model.getLayer('block2_out').output as layers.SymbolicTensor;
    const teacher = await load(layers.model({ inputs: model.inputs, outputs: output }));
    expect(teacher.classes).toBe(null);
    await expect(teacher.logits(x, count)).rejects.toThrow('no classifier');
    teacher.dispose();
  });

  it('says what cannot be built', async () => {
    const file = await fileOf(smallModel());
    const weights = new Map(file.weights);
    weights.delete('stem_conv/kernel');
    const options = { cuts: smallModelCuts, imageSize: smallModelImage };
    await expect(
      LayersModelTeacher.load({ ...options, file: { ...file, weights } }),
    ).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringContaining('stem_conv/kernel'),
    });
  });
});
