import type { Recipe } from '@blockwise/contracts';
import { parseNetwork } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { MicroBatch } from '../memory/micro-batch.ts';
import { NetworkModel } from '../network.ts';
import { smoothedTargets, softmaxCrossEntropy } from '../ops/softmax-cross-entropy.ts';
import { Adam } from '../optimizer/adam.ts';
import { gradientStep } from '../optimizer/gradient-step.ts';
import { relativeError } from '../tolerance.ts';
import { type ClassifierOptions, ClassifierTraining } from './classifier-training.ts';
import { batchOf, countRight, network, small } from './colour-images.fixture.ts';
import { Teacher } from './teacher.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const open: { dispose(): void }[] = [];

function start(changed: Partial<Recipe> = {}, overrides: Partial<ClassifierOptions> = {}) {
  const training = new ClassifierTraining({
    network,
    classes: 3,
    imageSize: 6,
    seed: 4,
    recipe: { ...small, dropout: 0.2, ...changed },
    totalSteps: 40,
    stepsPerEpoch: 2,
    ...overrides,
  });
  open.push(training);
  return training;
}

afterEach(() => {
  for (const item of open.splice(0)) item.dispose();
});

async function run(training: ClassifierTraining, from: number, to: number) {
  const results: { loss: number; correct: number }[] = [];
  for (let step = from; step < to; step++) {
    results.push(await training.step({ ...batchOf(step), step }));
  }
  return results;
}

describe('ClassifierTraining', () => {
  it('learns a class that shows in the colours', async () => {
    const training = start();
    const results = await run(training, 0, 40);
    expect((results.at(-1) as { loss: number }).loss).toBeLessThan(0.8);
    const test = batchOf(1000, 60);
    expect(await countRight(training, test)).toBeGreaterThan(50);
  });

  const ways: [string, Partial<Recipe>, number | null][] = [
    ['small@1', {}, null],
    ['rmspropTf, step, averages', { optimizer: 'rmspropTf', schedule: 'step', ema: 0.9 }, null],
    ['sgd, stochastic depth', { optimizer: 'sgd', learningRate: 0.1, dropPath: 0.5 }, null],
    ['adam, averages, two passes', { optimizer: 'adam', schedule: 'constant', ema: 0.5 }, 4],
  ];

  it.each(ways)('continues from a snapshot bit for bit: %s', async (_, recipe, microBatch) => {
    const whole = start(recipe, { microBatch: MicroBatch.fixed(microBatch) });
    await run(whole, 0, 5);
    const snapshot = structuredClone(await whole.snapshot());
    const expected = await run(whole, 5, 10);
    const resumed = start(recipe, { microBatch: MicroBatch.fixed(microBatch) });
    await run(resumed, 0, 1);
    resumed.restore(snapshot);
    expect(await run(resumed, 5, 10)).toEqual(expected);
    expect(await resumed.snapshot()).toEqual(await whole.snapshot());
    expect(await resumed.weights()).toEqual(await whole.weights());
  });

  it.each(ways)('leaves no tensor behind: %s', async (_, recipe, microBatch) => {
    const none = tf.memory().numTensors;
    const training = start(recipe, { microBatch: MicroBatch.fixed(microBatch) });
    await run(training, 0, 3);
    const before = tf.memory().numTensors;
    await run(training, 3, 6);
    await training.guess(batchOf(9).x, 6);
    expect(tf.memory().numTensors).toBe(before);
    open.pop();
    training.dispose();
    expect(tf.memory().numTensors).toBe(none);
  });

  it('stops when the loss is not finite, naming the step', async () => {
    const training = start();
    const { x, labels } = batchOf(0);
    x[0] = Number.NaN;
    await expect(training.step({ x, labels, step: 12 })).rejects.toMatchObject({
      code: 'DIVERGED',
      message: expect.stringContaining('step 12'),
    });
  });

  it('is AdamW with smoothed labels along a warm-up and a cosine for small@1', async () => {
    const training = start({ dropout: 0, weightDecay: 0.05 });
    const model = new NetworkModel({ network, classes: 3, seed: '4/network' });
    const optimizer = new Adam({ decoupledDecay: 0.05 });
    open.push(model, optimizer);
    for (let step = 0; step < 5; step++) {
      const { x, labels } = batchOf(step);
      const cosine = 0.005 * (1 + Math.cos((Math.PI * (step - 2)) / 38));
      const learningRate = [0.005, 0.01][step] ?? cosine;
      expect(training.learningRateAt(step)).toBe(learningRate);
      const loss = await gradientStep({
        parameters: model.weights,
        optimizer,
        learningRate,
        loss: (mode) =>
          softmaxCrossEntropy(
            model.forward(tf.tensor4d(x, [6, 6, 6, 3]), mode),
            tf.tensor2d(smoothedTargets(labels, 3, 0.1), [6, 3]),
          ),
      });
      expect((await training.step({ x, labels, step })).loss).toBe(loss);
    }
    expect(await training.weights()).toEqual(await model.store.read());
  });

  it('takes soft targets as they are', async () => {
    const [hard, soft] = [start(), start()];
    const { x, labels } = batchOf(0);
    const targets = smoothedTargets(labels, 3, 0.1);
    expect(await soft.step({ x, targets, step: 0 })).toEqual(
      await hard.step({ x, labels, step: 0 }),
    );
    expect(await soft.weights()).toEqual(await hard.weights());
  });

  it('starts from given weights', async () => {
    const first = start();
    await run(first, 0, 3);
    const weights = await first.weights();
    const second = start({ ema: 0.9 }, { weights });
    expect(await second.weights()).toEqual(weights);
    const { x } = batchOf(9, 30);
    expect(await second.guess(x, 30)).toEqual(await first.guess(x, 30));
  });
});

describe('several passes in a step', () => {
  // Batch norm sees each pass by itself, so passes are made alike: the same two images six times.
  const pair = batchOf(0, 2).x;
  const x = Float32Array.from({ length: 6 * pair.length }, (_, i) => pair[i % pair.length] ?? 0);
  const labels = [0, 1, 2, 2, 1, 0, 0, 1, 1, 2, 2, 0];

  it.each([2, 4])('of %i images at most move as one pass of all twelve', async (microBatch) => {
    const recipe: Partial<Recipe> = { optimizer: 'sgd', schedule: 'constant', warmupEpochs: 0 };
    const [whole, split] = [
      start(recipe),
      start(recipe, { microBatch: MicroBatch.fixed(microBatch) }),
    ];
    const before = await whole.weights();
    const step = { x, labels, step: 0 };
    const [expected, actual] = [await whole.step(step), await split.step(step)];
    expect(actual.correct).toBe(expected.correct);
    expect(actual.loss).toBeCloseTo(expected.loss, 5);
    const changes = async (training: ClassifierTraining) => {
      const after = await training.weights();
      return training.model.store
        .weights()
        .flatMap(({ name }) =>
          Array.from(
            after.get(name)?.data ?? [],
            (value, i) => value - (before.get(name)?.data[i] ?? 0),
          ),
        );
    };
    expect(relativeError(await changes(split), await changes(whole))).toBeLessThan(1e-4);
  });

  it('drop what the whole batch would drop', async () => {
    const recipe: Partial<Recipe> = { optimizer: 'sgd', schedule: 'constant', dropout: 0.5 };
    const loss = async (microBatch: number | null) =>
      (
        await start(recipe, { microBatch: MicroBatch.fixed(microBatch) }).step({
          x,
          labels,
          step: 3,
        })
      ).loss;
    expect(await loss(2)).toBeCloseTo(await loss(null), 5);
    const [one, other] = [
      await start(recipe).step({ x, labels, step: 3 }),
      await start(recipe).step({ x, labels, step: 4 }),
    ];
    expect(one.loss).not.toBe(other.loss);
  });
});

describe('averages of weights', () => {
  it('are those that are tested and kept, running statistics too, by the formula', async () => {
    const training = start({ ema: 0.75 });
    const means = new Map(
      [...(await training.weights())].map(([name, { data }]) => [name, Float64Array.from(data)]),
    );
    for (let step = 0; step < 4; step++) {
      await training.step({ ...batchOf(step), step });
      for (const [name, { data }] of await training.model.store.read()) {
        const mean = means.get(name);
        mean?.forEach((value, i) => {
          mean[i] = 0.75 * value + 0.25 * (data[i] ?? 0);
        });
      }
    }
    const weights = await training.weights();
    for (const [name, mean] of means) {
      expect(relativeError(weights.get(name)?.data ?? [], mean), name).toBeLessThan(1e-5);
    }
    expect(means.has('blocks.1.0.bn1.running_var') || means.has('blocks.0.0.bn1.running_var')).toBe(
      true,
    );
    const teacher = Teacher.fromWeights({ network, classes: 3, imageSize: 6, weights });
    open.push(teacher);
    const { x } = batchOf(77, 60);
    expect(await training.guess(x, 60)).toEqual(await teacher.guess(x, 60));
    expect(weights.get('classifier.bias')).not.toEqual(
      (await training.model.store.read()).get('classifier.bias'),
    );
  });
});

describe('stochastic depth', () => {
  it('drops whole residual branches in training and nothing in evaluation', async () => {
    const deep = parseNetwork('cn_k3_s1_c6 | ir_k3_s1_e2_c6 ir_k3_s1_e2_c6 ir_k3_s1_e2_c6 | hd_c8');
    const of = (rate: number) =>
      start(
        { dropPath: rate, dropout: 0 },
        { network: deep, recipe: { ...small, dropPath: rate } },
      );
    const [without, dropping] = [of(0), of(0.9)];
    const { x } = batchOf(5, 30);
    expect(await dropping.guess(x, 30)).toEqual(await without.guess(x, 30));
    const step = { ...batchOf(0, 12), step: 0 };
    expect((await dropping.step(step)).loss).not.toBe((await without.step(step)).loss);
  });
});

describe('Teacher', () => {
  it('computes what the training evaluates, and its features, without training', async () => {
    const training = start();
    await run(training, 0, 5);
    const weights = await training.weights();
    const teacher = Teacher.fromWeights({ network, classes: 3, imageSize: 6, weights });
    open.push(teacher);
    const batch = batchOf(50, 40);
    const tensors = tf.memory().numTensors;
    expect(await teacher.guess(batch.x, 40)).toEqual(await training.guess(batch.x, 40));
    const [last, stem] = await teacher.features(batch.x, 40, [2, 0]);
    expect(stem?.length).toBe(40 * 36 * 6);
    expect(last?.length).toBe(40 * 9 * 8);
    const [first] = await teacher.features(batch.x.slice(0, 108), 1, [2]);
    expect(relativeError(last?.slice(0, 72) ?? [], first ?? [])).toBeLessThan(1e-5);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('refuses weights that do not fit, by name, and frees what it made', async () => {
    const weights = new Map(await start().weights());
    weights.delete('blocks.1.0.bn3.bias');
    const tensors = tf.memory().numTensors;
    expect(() => Teacher.fromWeights({ network, classes: 3, imageSize: 6, weights })).toThrow(
      expect.objectContaining({
        code: 'BAD_INPUT',
        message: expect.stringContaining('blocks.1.0.bn3.bias is missing'),
      }),
    );
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
