import { createRandom, parseSpace } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NamedArrays } from '../artifacts/named-arrays.ts';
import { openEngine } from '../backends/open.ts';
import { CellSupernet } from '../supernet.ts';
import { relativeError } from '../tolerance.ts';
import { CellTraining } from './cell-training.ts';
import type { Pool } from './prefix-pool.ts';
import { StageTraining, type StageTrainingOptions } from './stage-training.ts';
import { StudentPrefix } from './student-prefix.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const space = parseSpace(
  'stem cn_k3_s1_c4; ops ir_k3_e2_se0.25 ir_k5_e2; block n1_c4_s2 n2_c3_s2; block n1_c5_s1; block n2_c4_s2; head hd_c8',
);
const shapes = [
  { channels: 3, size: 8 },
  { channels: 5, size: 4 },
  { channels: 6, size: 4 },
  { channels: 7, size: 2 },
];
const pools: readonly Pool[] = [
  [
    { cell: 1, path: [0, 1] },
    { cell: 0, path: [1] },
    { cell: 1, path: [1, 1] },
  ],
  [
    { cell: 0, path: [1] },
    { cell: 0, path: [0] },
  ],
];
const schedule = {
  ...({ kind: 'constant', learningRate: 0.01, decay: 1 } as const),
  ...{ warmupSteps: 0, totalSteps: 100, stepsPerEpoch: 10 },
};
const open: { dispose(): void }[] = [];

function start(overrides: Partial<StageTrainingOptions> = {}) {
  const options = { space, shapes, pools, cell: 0, seed: 5, schedule, ...overrides };
  const training = new StageTraining(options);
  open.push(training);
  return training;
}

afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

function values(name: string, length: number, scale = 1): Float32Array {
  const random = createRandom('stage', name);
  return Float32Array.from({ length }, () => scale * random.normal());
}

const count = 4;

function batchOf(step: number) {
  return { x: values(`x${step}`, count * 192), y: values(`y${step}`, count * 28), count, step };
}

async function run(training: StageTraining, from: number, to: number) {
  const losses: number[] = [];
  for (let step = from; step < to; step++) losses.push((await training.step(batchOf(step))).loss);
  return losses;
}

function plain(arrays: NamedArrays) {
  return [...arrays].map(([name, { shape, data }]) => [name, shape, [...data]]);
}

describe('StageTraining (s1)', () => {
  it('runs image, blocks before and cell in a row; the loss is that of the last output', async () => {
    const training = start();
    const { prefix, paths } = training.pathsOf(0);
    const { loss } = await training.step(batchOf(0));
    const chain = [...prefix, { cell: 0, path: paths[0] ?? [] }].map(({ cell, path }, block) => {
      const seed = block === 2 ? '5/supernet/2/0' : `5/stage/2/0/${block}/${cell}`;
      const [teacherIn, teacherOut] = shapes.slice(block, block + 2);
      if (teacherIn === undefined || teacherOut === undefined)
        throw new Error('a shape is missing');
      const supernet = new CellSupernet({ space, block, cell, teacherIn, teacherOut, seed });
      open.push(supernet);
      return { supernet, path };
    });
    const { x, y } = batchOf(0);
    const output = chain.reduce<tf.Tensor4D>(
      (features, { supernet, path }) =>
        supernet.forward(features, path, { kind: 'train', moments: [] }),
      tf.tensor4d(x, [count, 8, 8, 3]),
    );
    const squares = Array.from(output.dataSync(), (value, i) => (value - (y[i] ?? 0)) ** 2);
    const expected = squares.reduce((sum, square) => sum + square, 0) / squares.length;
    expect(relativeError([loss], [expected])).toBeLessThan(1e-5);
  });

  it.each(['uniform', 'fair'] as const)(
    'moves the drawn paths of all blocks and nothing else, %s',
    async (sampling) => {
      const training = start({ sampling, optimizer: { weightDecay: 1e-2 } });
      await run(training, 0, 8);
      const { numTensors } = tf.memory();
      const before = await training.snapshot();
      const { prefix, paths } = training.pathsOf(8);
      await training.step(batchOf(8));
      const after = await training.snapshot();
      expect(tf.memory().numTensors).toBe(numTensors);
      const starts = [
        ...paths.flatMap((path) => path.map((op, layer) => `layers.${layer}.${op}.`)),
        ...prefix.flatMap(({ cell, path }, block) =>
          path.map((op, layer) => `prefix.${block}.${cell}.layers.${layer}.${op}.`),
        ),
        `prefix.0.${prefix[0]?.cell}.conv_stem`,
        `prefix.0.${prefix[0]?.cell}.bn1`,
      ];
      for (const [name, { data }] of after) {
        if (name.includes('/') || name.startsWith('divergence')) continue;
        const moved = data.some((value, i) => value !== before.get(name)?.data[i]);
        expect(moved, name).toBe(starts.some((prefixed) => name.startsWith(prefixed)));
      }
    },
  );

  it('continues from a snapshot bit for bit', async () => {
    const whole = start({ explodesAt: 100 });
    await run(whole, 0, 4);
    const snapshot = structuredClone(await whole.snapshot());
    const expected = await run(whole, 4, 8);
    const resumed = start({ explodesAt: 100 });
    await run(resumed, 0, 2);
    resumed.restore(snapshot);
    expect(await run(resumed, 4, 8)).toEqual(expected);
    expect(plain(await resumed.snapshot())).toEqual(plain(await whole.snapshot()));
  });

  it('of the first block is the training of its cell', async () => {
    const first = { cell: 1, seed: 5, schedule };
    const stage = start({ ...first, pools: [], shapes: shapes.slice(0, 2) });
    const [teacherIn, teacherOut] = shapes as [(typeof shapes)[0], (typeof shapes)[0]];
    const cell = new CellTraining({ ...first, space, block: 0, teacherIn, teacherOut });
    open.push(cell);
    for (let step = 0; step < 3; step++) {
      const batch = { ...batchOf(step), y: values(`first${step}`, count * 80) };
      expect(await stage.step(batch)).toEqual(await cell.step(batch));
    }
    expect(plain(await stage.snapshot())).toEqual(plain(await cell.snapshot()));
  });

  it('learns, and starts anew for another cell or seed', async () => {
    const training = start();
    const losses: number[] = [];
    for (let step = 0; step < 60; step++) {
      losses.push((await training.step({ ...batchOf(0), step })).loss);
    }
    const mean = (part: number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
    expect(mean(losses.slice(-10))).toBeLessThan(0.7 * mean(losses.slice(0, 10)));
    const [one, other] = [await start().weights(), await start({ seed: 6 }).weights()];
    const name = 'prefix.0.1.conv_stem.weight';
    expect(one.get(name)?.data).not.toEqual(other.get(name)?.data);
  });

  it('hands its own blocks to the rating, live and from its weights', async () => {
    const training = start();
    await run(training, 0, 5);
    const calibration = { x: values('clean', 6 * 192), count: 6 };
    const { numTensors } = tf.memory();
    const live = training.studentPrefix(calibration);
    const stored = StudentPrefix.fromWeights(
      { space, shapes, pools },
      await training.weights(),
      calibration,
    );
    const images = values('images', count * 192);
    const features = await live.features(images, count);
    expect(features.length).toBe(count * 4 * 4 * 6);
    expect(await stored.features(images, count)).toEqual(features);
    live.dispose();
    stored.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
    await run(training, 5, 6);
  });
});
