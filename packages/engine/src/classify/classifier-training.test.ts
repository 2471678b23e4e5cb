import { createRandom, parseNetwork } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { relativeError } from '../tolerance.ts';
import { type ClassifierOptions, ClassifierTraining } from './classifier-training.ts';
import { Teacher } from './teacher.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const network = parseNetwork('cn_k3_s1_c6 | ir_k3_s2_e2_c8_se0.25 | ir_k3_s1_e2_c8 | hd_c16');
const open: { dispose(): void }[] = [];

function start(overrides: Partial<ClassifierOptions> = {}) {
  const training = new ClassifierTraining({
    network,
    classes: 3,
    imageSize: 6,
    seed: 4,
    learningRate: 0.01,
    warmupSteps: 2,
    totalSteps: 40,
    labelSmoothing: 0.1,
    dropout: 0.2,
    weightDecay: 1e-4,
    ...overrides,
  });
  open.push(training);
  return training;
}

afterEach(() => {
  for (const item of open.splice(0)) item.dispose();
});

/** Images whose brightest channel is their class. */
function batchOf(step: number, count = 6) {
  const random = createRandom('images', step);
  const labels = Array.from({ length: count }, () => random.int(3));
  const x = new Float32Array(count * 36 * 3);
  x.forEach((_, i) => {
    const label = labels[Math.floor(i / 108)];
    x[i] = random.normal() + (i % 3 === label ? 1.5 : 0);
  });
  return { x, labels };
}

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
    expect(await training.evaluate(test)).toBeGreaterThan(50);
  });

  it('continues from a snapshot bit for bit, dropout included', async () => {
    const whole = start();
    await run(whole, 0, 5);
    const snapshot = structuredClone(await whole.snapshot());
    const expected = await run(whole, 5, 10);
    const resumed = start();
    resumed.restore(snapshot);
    expect(await run(resumed, 5, 10)).toEqual(expected);
    expect(await resumed.snapshot()).toEqual(await whole.snapshot());
  });

  it('leaves no tensor behind', async () => {
    const training = start();
    await run(training, 0, 3);
    const before = tf.memory().numTensors;
    await run(training, 3, 6);
    await training.evaluate(batchOf(9));
    expect(tf.memory().numTensors).toBe(before);
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
    expect(await teacher.evaluate(batch)).toBe(await training.evaluate(batch));
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
