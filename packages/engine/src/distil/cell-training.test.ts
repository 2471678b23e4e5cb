import { createRandom, parseSpace } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NamedArrays } from '../artifacts/named-arrays.ts';
import { openEngine } from '../backends/open.ts';
import { CellTraining } from './cell-training.ts';
import type { FeatureBatch } from './feature-batch.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const space = parseSpace(
  'stem cn_k3_s1_c4; ops ir_k3_e2_se0.25 ir_k5_e2_se0.25 ir_k3_e3; block n1_c4_s1; block n2_c4_s2; head hd_c8',
);
const teacherIn = { channels: 4, size: 6 };
const teacherOut = { channels: 6, size: 3 };
const open: CellTraining[] = [];

function start(overrides: { seed?: number; learningRate?: number; weightDecay?: number } = {}) {
  const training = new CellTraining({
    space,
    block: 1,
    cell: 0,
    teacherIn,
    teacherOut,
    learningRate: 0.01,
    decay: 0.9,
    seed: 5,
    ...overrides,
  });
  open.push(training);
  return training;
}

afterEach(() => {
  for (const training of open.splice(0)) training.dispose();
});

function batchOf(step: number): FeatureBatch {
  const random = createRandom('batch', step);
  const values = (length: number) => Float32Array.from({ length }, () => random.normal());
  return { x: values(4 * 36 * 4), y: values(4 * 9 * 6), count: 4 };
}

async function run(training: CellTraining, from: number, to: number) {
  const losses: number[] = [];
  for (let step = from; step < to; step++) {
    const epoch = 1 + Math.floor(step / 4);
    losses.push((await training.step({ ...batchOf(step), step, epoch })).loss);
  }
  return losses;
}

function plain(arrays: NamedArrays) {
  return [...arrays].map(([name, { shape, data }]) => [name, shape, [...data]]);
}

describe('CellTraining', () => {
  it('continues from a snapshot bit for bit', async () => {
    const whole = start();
    await run(whole, 0, 5);
    const snapshot = structuredClone(await whole.snapshot());
    const expected = await run(whole, 5, 10);
    const resumed = start();
    await run(resumed, 0, 2);
    resumed.restore(snapshot);
    expect(await run(resumed, 5, 10)).toEqual(expected);
    expect(plain(await resumed.snapshot())).toEqual(plain(await whole.snapshot()));
  });

  it('repeats itself from the same seed and differs from another', async () => {
    const losses = await run(start(), 0, 4);
    expect(await run(start(), 0, 4)).toEqual(losses);
    expect(await run(start({ seed: 6 }), 0, 4)).not.toEqual(losses);
  });

  it('moves only the sampled path, weight decay or not (trap: Adam over the whole supernet)', async () => {
    const training = start({ weightDecay: 1e-2 });
    await run(training, 0, 6);
    const before = await training.snapshot();
    const { path } = await training.step({ ...batchOf(6), step: 6, epoch: 2 });
    const after = await training.snapshot();
    const moved = (name: string) =>
      after.get(name)?.data.some((value, i) => value !== before.get(name)?.data[i]);
    const sampled = new Set(training.supernet.weights(path).map(({ name }) => name));
    for (const { name } of training.supernet.store.weights()) {
      expect(moved(name), name).toBe(sampled.has(name));
    }
  });

  it('leaves no tensor behind', async () => {
    const training = start();
    await run(training, 0, 12);
    const before = tf.memory();
    await run(training, 12, 20);
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
  });

  it('frees everything', async () => {
    const before = tf.memory().numTensors;
    const training = start();
    await run(training, 0, 3);
    training.restore(await training.snapshot());
    open.pop();
    training.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('learns', async () => {
    const training = start();
    const losses: number[] = [];
    for (let step = 0; step < 60; step++) {
      losses.push((await training.step({ ...batchOf(0), step, epoch: 1 })).loss);
    }
    const mean = (part: number[]) => part.reduce((sum, loss) => sum + loss, 0) / part.length;
    expect(mean(losses.slice(-10))).toBeLessThan(0.6 * mean(losses.slice(0, 10)));
  });

  it('draws every path, each step by its own number', () => {
    const training = start();
    const paths = Array.from({ length: 200 }, (_, step) => training.pathOf(step).join());
    expect(new Set(paths).size).toBe(9);
    expect(training.pathOf(3)).toEqual(start().pathOf(3));
  });

  it('stops with step and path when the loss is not finite', async () => {
    const training = start();
    const { x, y, count } = batchOf(0);
    y[0] = Number.NaN;
    const path = training.pathOf(17).join('');
    await expect(training.step({ x, y, count, step: 17, epoch: 1 })).rejects.toMatchObject({
      code: 'DIVERGED',
      message: expect.stringMatching(new RegExp(`Block 2, cell 1.*step 17.*path ${path} `)),
    });
  });

  it('refuses features of another size', async () => {
    const training = start();
    const { x, y } = batchOf(0);
    await expect(training.step({ x, y, count: 3, step: 0, epoch: 1 })).rejects.toThrow(
      '3 feature maps of 6×6×4',
    );
  });
});
