import { createRandom, parseSpace } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NamedArrays } from '../artifacts/named-arrays.ts';
import { openEngine } from '../backends/open.ts';
import type { Schedule } from '../optimizer/schedule.ts';
import { CellTraining, type CellTrainingOptions } from './cell-training.ts';
import type { FeatureBatch } from './feature-batch.ts';
import { PathTraining } from './path-training.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const space = parseSpace(
  'stem cn_k3_s1_c4; ops ir_k3_e2_se0.25 ir_k5_e2_se0.25 ir_k3_e3; block n1_c4_s1; block n2_c4_s2; head hd_c8',
);
const teacherIn = { channels: 4, size: 6 };
const teacherOut = { channels: 6, size: 3 };
const open: CellTraining[] = [];

const schedule: Schedule = {
  kind: 'step',
  learningRate: 0.01,
  warmupSteps: 0,
  totalSteps: 60,
  stepsPerEpoch: 4,
  decay: 0.9,
  firstEpoch: 1,
};

function start(overrides: Partial<CellTrainingOptions> = {}) {
  const training = new CellTraining({
    space,
    block: 1,
    cell: 0,
    teacherIn,
    teacherOut,
    schedule,
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
    losses.push((await training.step({ ...batchOf(step), step })).loss);
  }
  return losses;
}

function plain(arrays: NamedArrays) {
  return [...arrays].map(([name, { shape, data }]) => [name, shape, [...data]]);
}

const losses = ['mse', 'mseOverVariance', 'noiseToSignal', 'cosine'] as const;
const samplings = ['uniform', 'fair'] as const;
const optimizers = ['adam', 'adamw', 'rmspropTf', 'sgd'] as const;
const ways = losses.flatMap((loss) =>
  samplings.flatMap((sampling) => optimizers.map((optimizer) => ({ loss, sampling, optimizer }))),
);

describe.each(ways)('CellTraining: $loss, $sampling, $optimizer', (way) => {
  const { loss, sampling } = way;
  const optimizer = { optimizer: way.optimizer, weightDecay: 1e-2 };
  const options = { loss, sampling, optimizer, explodesAt: 100 };

  it('continues from a snapshot bit for bit', async () => {
    const whole = start(options);
    await run(whole, 0, 3);
    const snapshot = structuredClone(await whole.snapshot());
    const expected = await run(whole, 3, 6);
    const resumed = start(options);
    await run(resumed, 0, 2);
    resumed.restore(snapshot);
    expect(await run(resumed, 3, 6)).toEqual(expected);
    expect(plain(await resumed.snapshot())).toEqual(plain(await whole.snapshot()));
  });

  it('moves only the sampled paths and leaves no tensor behind', async () => {
    const training = start(options);
    // Until every op of every layer has been sampled, and its optimiser state exists.
    await run(training, 0, 12);
    const memory = tf.memory();
    const before = await training.snapshot();
    const { paths } = await training.step({ ...batchOf(12), step: 12 });
    const after = await training.snapshot();
    expect(tf.memory().numTensors).toBe(memory.numTensors);
    expect(tf.memory().numDataBuffers).toBe(memory.numDataBuffers);
    const moved = (name: string) =>
      after.get(name)?.data.some((value, i) => value !== before.get(name)?.data[i]);
    const sampled = new Set(
      paths.flatMap((path) => training.supernet.weights(path).map(({ name }) => name)),
    );
    const all = training.supernet.store.weights();
    for (const { name } of all) expect(moved(name), name).toBe(sampled.has(name));
    expect(sampled.size === all.length).toBe(sampling === 'fair');
  });
});

describe('fair sampling', () => {
  it('gives every op of every layer one path of each step, in orders that change', () => {
    const training = start({ sampling: 'fair' });
    const seen = new Set<string>();
    for (let step = 0; step < 40; step++) {
      const paths = training.pathsOf(step);
      expect(paths.length).toBe(3);
      for (const layer of [0, 1]) {
        expect(paths.map((path) => path[layer]).sort()).toEqual([0, 1, 2]);
      }
      seen.add(paths.map((path) => path.join('')).join());
    }
    // 3! orders for each of two layers.
    expect(seen.size).toBeGreaterThan(20);
    expect(training.pathsOf(3)).toEqual(start({ sampling: 'fair' }).pathsOf(3));
  });

  it('moves each op as a step on its path alone would, by the loss that the path had', async () => {
    const fair = start({ sampling: 'fair', optimizer: { optimizer: 'sgd' } });
    const before = await fair.snapshot();
    const { loss, paths } = await fair.step({ ...batchOf(0), step: 0 });
    const after = await fair.snapshot();
    const alone: number[] = [];
    for (const path of paths) {
      const { supernet } = fair;
      supernet.store.write(before);
      const batch = batchOf(0);
      const training = new PathTraining(
        { schedule, optimizer: { optimizer: 'sgd' } },
        fair.supernet,
      );
      alone.push(
        await training.step({
          step: 0,
          ...batch,
          input: teacherIn,
          output: teacherOut,
          paths: [
            {
              path,
              parameters: supernet.weights(path),
              forward: (input, mode) => supernet.forward(input, path, mode),
            },
          ],
        }),
      );
      for (const { name, value } of supernet.weights(path)) {
        expect([...value.dataSync()], name).toEqual([...(after.get(name)?.data ?? [])]);
      }
      training.dispose();
    }
    expect(loss).toBeCloseTo(alone.reduce((sum, value) => sum + value, 0) / 3, 6);
  });
});

it('trains the ops of its own block', async () => {
  const mixed = parseSpace(
    'stem cn_k3_s1_c4; ops ir_k3_e2; block n1_c4_s1; block n2_c4_s2 with er_k3_e2 bt_k3_e0.5 ir_k5_e2; head hd_c8',
  );
  const training = start({ space: mixed, sampling: 'fair' });
  expect(training.pathsOf(0).length).toBe(3);
  const { paths } = await training.step({ ...batchOf(0), step: 0 });
  expect(new Set(paths.flat())).toEqual(new Set([0, 1, 2]));
  const uniform = start({ space: mixed });
  const seen = Array.from({ length: 100 }, (_, step) => uniform.pathsOf(step).join());
  expect(new Set(seen).size).toBe(9);
});

describe('CellTraining', () => {
  it('repeats itself from the same seed and differs from another', async () => {
    const first = await run(start(), 0, 4);
    expect(await run(start(), 0, 4)).toEqual(first);
    expect(await run(start({ seed: 6 }), 0, 4)).not.toEqual(first);
  });

  it('is trained by squared error, uniformly, with Adam unless told', async () => {
    const told = start({
      loss: 'mse',
      sampling: 'uniform',
      optimizer: { optimizer: 'adam', momentum: 0.9, optimizerEpsilon: 1e-8, weightDecay: 0 },
    });
    expect(await run(told, 0, 4)).toEqual(await run(start(), 0, 4));
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

  it.each(losses)('learns by %s', async (loss) => {
    const training = start({ loss, schedule: { ...schedule, stepsPerEpoch: 60 } });
    const seen: number[] = [];
    for (let step = 0; step < 60; step++) {
      seen.push((await training.step({ ...batchOf(0), step })).loss);
    }
    const mean = (part: number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
    expect(mean(seen.slice(-10))).toBeLessThan(0.75 * mean(seen.slice(0, 10)));
  });

  it('follows its schedule', async () => {
    const training = start({ schedule: { ...schedule, kind: 'constant', learningRate: 0 } });
    const before = training.supernet.store.get('layers.0.0.conv_pw.weight').value.dataSync();
    await run(training, 0, 3);
    const after = training.supernet.store.get('layers.0.0.conv_pw.weight').value.dataSync();
    expect([...after]).toEqual([...before]);
  });

  it('draws every path, each step by its own number', () => {
    const training = start();
    const paths = Array.from({ length: 200 }, (_, step) => training.pathsOf(step).join());
    expect(new Set(paths).size).toBe(9);
    expect(training.pathsOf(3)).toEqual(start().pathsOf(3));
  });

  it('stops with step and path when the loss is not finite', async () => {
    const training = start();
    const { x, y, count } = batchOf(0);
    y[0] = Number.NaN;
    const path = training.pathsOf(17)[0]?.join('');
    await expect(training.step({ x, y, count, step: 17 })).rejects.toMatchObject({
      code: 'DIVERGED',
      message: expect.stringMatching(new RegExp(`Block 2, cell 1.*step 17.*path ${path} is NaN`)),
    });
  });

  it('stops when the loss explodes, also after a restart', async () => {
    const options = { explodesAt: 20, schedule: { ...schedule, learningRate: 1e-4 } };
    const training = start(options);
    await run(training, 0, 22);
    const resumed = start(options);
    resumed.restore(await training.snapshot());
    for (const one of [training, resumed]) {
      const { x, y, count } = batchOf(22);
      const loud = y.map((value) => 10 * value);
      await expect(one.step({ x, y: loud, count, step: 22 })).rejects.toMatchObject({
        code: 'DIVERGED',
        message: expect.stringMatching(/step 22 on path .* is \d+.*, more than 20 times/),
      });
    }
    const calm = start({ ...options, explodesAt: 1000 });
    await run(calm, 0, 22);
    const { x, y, count } = batchOf(22);
    await calm.step({ x, y: y.map((value) => 10 * value), count, step: 22 });
  });

  it('refuses features of another size', async () => {
    const training = start();
    const { x, y } = batchOf(0);
    await expect(training.step({ x, y, count: 3, step: 0 })).rejects.toThrow(
      '3 feature maps of 6×6×4',
    );
  });
});
