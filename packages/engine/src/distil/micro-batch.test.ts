import { createRandom, parseSpace } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { ParameterStore } from '../layers/parameter-store.ts';
import { MicroBatch } from '../memory/micro-batch.ts';
import { takeMemory } from '../memory/wasm-ballast.ts';
import type { Schedule } from '../optimizer/schedule.ts';
import { relativeError } from '../tolerance.ts';
import { CellTraining } from './cell-training.ts';
import { PathTraining } from './path-training.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.dispose();
});

const schedule: Schedule = {
  kind: 'constant',
  learningRate: 1,
  warmupSteps: 0,
  totalSteps: 10,
  stepsPerEpoch: 10,
  decay: 1,
  firstEpoch: 0,
};

function normal(name: string, length: number): Float32Array {
  const random = createRandom('micro-batch', name);
  return Float32Array.from({ length }, () => random.normal());
}

describe('a step without batch norm', () => {
  const input = { channels: 3, size: 4 };
  const output = { channels: 5, size: 4 };
  const images = 7;
  const x = normal('x', images * 48);
  const y = normal('y', images * 80);
  const losses = ['mse', 'mseOverVariance', 'noiseToSignal', 'cosine'] as const;

  /** One step of a 1×1 convolution and a swish; the kernel before and after it. */
  async function step(loss: (typeof losses)[number], size: number | null) {
    const store = new ParameterStore();
    const kernel = store.add(
      { name: 'kernel', kind: 'weight', layout: 'kernel', shape: [1, 1, 3, 5] },
      () => normal('kernel', 15),
    );
    const training = new PathTraining(
      {
        schedule,
        loss,
        optimizer: { optimizer: 'sgd', momentum: 0 },
        microBatch: MicroBatch.fixed(size),
      },
      { block: 0, cell: 0 },
    );
    open.push(store, training);
    const before = Float32Array.from(kernel.value.dataSync());
    const path = {
      path: [0],
      parameters: [kernel],
      forward: (maps: tf.Tensor4D) => {
        const z = tf.conv2d(maps, kernel.value as tf.Tensor4D, 1, 'same');
        return tf.mul(z, tf.sigmoid(z)) as tf.Tensor4D;
      },
    };
    const seen = await training.step({
      step: 0,
      x,
      y,
      count: images,
      input,
      output,
      paths: [path],
    });
    const moved = [...kernel.value.dataSync()].map((value, i) => value - (before[i] ?? 0));
    return { seen, moved };
  }

  it.each(losses)(
    'by %s is the same in parts, of 7 images 4 + 3, 3 + 2 + 2 or one by one',
    async (loss) => {
      const whole = await step(loss, null);
      for (const size of [4, 3, 1]) {
        const parts = await step(loss, size);
        expect(Math.abs(parts.seen / whole.seen - 1), `loss, ${size}`).toBeLessThan(1e-6);
        expect(relativeError(parts.moved, whole.moved), `move, ${size}`).toBeLessThan(1e-6);
      }
    },
  );
});

const space = parseSpace(
  'stem cn_k3_s1_c4; ops ir_k3_e6_se0.25 ir_k5_e6_se0.25; block n1_c8_s1; block n2_c8_s1; head hd_c8',
);

describe('a cell', () => {
  const shape = { channels: 8, size: 48 };
  const count = 32;
  const values = count * 48 * 48 * 8;
  const batch = { x: normal('in', values), y: normal('out', values), count };

  function start(microBatch: MicroBatch, sampling: 'uniform' | 'fair' = 'uniform') {
    const training = new CellTraining({
      ...{ space, block: 1, cell: 0, teacherIn: shape, teacherOut: shape, seed: 3 },
      ...{ schedule: { ...schedule, learningRate: 0.01 }, sampling, microBatch },
    });
    open.push(training);
    return training;
  }

  it('has batch statistics of every part: another step, of a loss near to that of the whole', async () => {
    const [whole, parts] = [start(MicroBatch.fixed(null)), start(MicroBatch.fixed(8))];
    const [one, other] = [
      await whole.step({ ...batch, step: 0 }),
      await parts.step({ ...batch, step: 0 }),
    ];
    expect(other.paths).toEqual(one.paths);
    expect(other.loss).not.toBe(one.loss);
    expect(Math.abs(other.loss / one.loss - 1)).toBeLessThan(0.02);
  });

  it.each(['uniform', 'fair'] as const)(
    'that runs out of memory does the step again in halves, %s',
    async (sampling) => {
      const told: string[] = [];
      const onHalved = (words: string) => told.push(words);
      const training = start(
        new MicroBatch({ size: null, onOutOfMemory: 'halve', onHalved }),
        sampling,
      );
      await training.step({
        ...batch,
        count: 1,
        x: batch.x.slice(0, values / count),
        y: batch.y.slice(0, values / count),
        step: 0,
      });
      const state = structuredClone(await training.snapshot());
      const { numTensors } = tf.memory();
      // One map of all images inside an op, six times wider, is 14 MiB.
      const giveBack = takeMemory(60 * 2 ** 20);
      const result = await training.step({ ...batch, step: 1 }).finally(giveBack);
      expect(told.length).toBeGreaterThan(0);
      expect(told[0]).toContain('Block 2, cell 1: step 1 on path ');
      expect(told[0]).toContain('images of 48×48×8 to 48×48×8, 32 at once, needs more memory');
      const size = 32 / 2 ** told.length;
      expect(told.at(-1)).toContain(`it goes on with ${size} at once`);
      // As many tensors as without: the optimiser has two for every parameter that it met first.
      const expected = start(MicroBatch.fixed(size), sampling);
      expected.restore(state);
      expect(await expected.step({ ...batch, step: 1 })).toEqual(result);
      expect(await training.snapshot()).toEqual(await expected.snapshot());
      open.pop();
      expected.dispose();
      expect(tf.memory().numTensors - numTensors).toBe(
        sampling === 'fair' ? 0 : await newSlots(state, training),
      );
    },
  );

  it('fails with its shapes where it is not to halve, and is what it was before', async () => {
    const training = start(new MicroBatch({ size: null, onOutOfMemory: 'fail' }));
    const before = await training.snapshot();
    const { numTensors } = tf.memory();
    const giveBack = takeMemory(60 * 2 ** 20);
    const failing = training.step({ ...batch, step: 0 }).finally(giveBack);
    await expect(failing).rejects.toMatchObject({
      code: 'OUT_OF_MEMORY',
      message: expect.stringMatching(
        /^Block 2, cell 1: step 0 on path \S+, images of 48×48×8 to 48×48×8, 32 at once, needs more memory than the engine has \(.*memory is full/,
      ),
    });
    expect(await training.snapshot()).toEqual(before);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect((await training.step({ ...batch, step: 0 })).loss).toBeGreaterThan(0);
  });
});

/** Variables that the optimiser has by now and had not in an earlier snapshot. */
async function newSlots(
  before: Awaited<ReturnType<CellTraining['snapshot']>>,
  training: CellTraining,
): Promise<number> {
  const slots = [...(await training.snapshot()).keys()].filter((name) =>
    /^adam\.[mv]\//.test(name),
  );
  return slots.filter((name) => !before.has(name)).length;
}
