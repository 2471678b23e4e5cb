import { type GlobalDistilSpec, networkTraining } from '@blockwise/contracts';
import { parseNetwork } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { MicroBatch } from '../memory/micro-batch.ts';
import { type ClassifierOptions, ClassifierTraining } from './classifier-training.ts';
import { batchOf, countRight, network, small } from './colour-images.fixture.ts';
import { Teacher } from './teacher.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const open: { dispose(): void }[] = [];

afterEach(() => {
  for (const item of open.splice(0)) item.dispose();
});

function start(overrides: Partial<ClassifierOptions> = {}) {
  const training = new ClassifierTraining({
    ...{ network, classes: 3, imageSize: 6, seed: 4, recipe: small },
    ...{ totalSteps: 40, stepsPerEpoch: 2 },
    ...overrides,
  });
  open.push(training);
  return training;
}

async function run(training: ClassifierTraining, from: number, to: number) {
  const losses: number[] = [];
  for (let step = from; step < to; step++) {
    losses.push((await training.step({ ...batchOf(step), step })).loss);
  }
  return losses;
}

describe('distillation of the whole network', () => {
  const spec = networkTraining.shape.globalDistil.parse({ learningRate: 0.01 }) as GlobalDistilSpec;

  async function teacherOf(text = 'cn_k3_s1_c6 | ir_k3_s2_e3_c8 | ir_k5_s1_e2_c8 | hd_c12') {
    const architecture = parseNetwork(text);
    const training = start({ network: architecture });
    await run(training, 0, 30);
    const weights = await training.weights();
    const teacher = Teacher.fromWeights({
      network: architecture,
      classes: 3,
      imageSize: 6,
      weights,
    });
    open.push(teacher);
    return teacher;
  }

  it('brings features and logits to the teacher’s, whatever the labels say', async () => {
    const teacher = await teacherOf();
    const training = start({ distillation: { teacher, spec } });
    const losses: number[] = [];
    for (let step = 0; step < 40; step++) {
      const { x } = batchOf(step % 4, 12);
      losses.push((await training.step({ x, labels: new Array<number>(12).fill(0), step })).loss);
    }
    const mean = (part: number[]) => part.reduce((sum, loss) => sum + loss, 0) / part.length;
    expect(mean(losses.slice(-8))).toBeLessThan(0.6 * mean(losses.slice(0, 8)));
    expect(await countRight(training, batchOf(1, 12))).toBeGreaterThan(8);
  });

  it('adds up cosines of both blocks and the divergence, by their weights', async () => {
    const teacher = await teacherOf();
    const { x, labels } = batchOf(0, 4);
    const lossOf = async (changed: Partial<GlobalDistilSpec>) => {
      const distillation = { teacher, spec: { ...spec, ...changed } };
      return (await start({ distillation }).step({ x, labels, step: 0 })).loss;
    };
    const features = await lossOf({ logitWeight: 0 });
    const logits = await lossOf({ featureWeight: 0 });
    expect(await lossOf({ featureWeight: 2, logitWeight: 3 })).toBeCloseTo(
      2 * features + 3 * logits,
      4,
    );
    // Two cosines of untrained features, each between 0 and 2.
    expect(features).toBeGreaterThan(0.5);
    expect(features).toBeLessThan(4);
    expect(await lossOf({ featureWeight: 0, temperature: 4 })).not.toBeCloseTo(logits, 3);
  });

  it('of itself has nothing to learn but what batch statistics change', async () => {
    const text = 'cn_k3_s1_c6 | ir_k3_s2_e2_c8_se0.25 | ir_k3_s1_e2_c8 | hd_c16';
    const teacher = await teacherOf(text);
    const other = await teacherOf();
    const { x, labels } = batchOf(0, 64);
    const weights = await (async () => {
      const training = start({ network: parseNetwork(text) });
      await run(training, 0, 30);
      return await training.weights();
    })();
    const lossAgainst = async (distilled: Teacher) => {
      const training = start({ weights, distillation: { teacher: distilled, spec } });
      return (await training.step({ x, labels, step: 0 })).loss;
    };
    expect(await lossAgainst(teacher)).toBeLessThan(0.2 * (await lossAgainst(other)));
  });

  it('continues bit for bit and leaves no tensor behind, in two passes', async () => {
    const teacher = await teacherOf();
    const options = { distillation: { teacher, spec }, microBatch: MicroBatch.fixed(4) };
    const whole = start({ ...options, recipe: { ...small, ema: 0.9 } });
    await run(whole, 0, 3);
    const snapshot = structuredClone(await whole.snapshot());
    const before = tf.memory().numTensors;
    const expected = await run(whole, 3, 6);
    expect(tf.memory().numTensors).toBe(before);
    const resumed = start({ ...options, recipe: { ...small, ema: 0.9 } });
    resumed.restore(snapshot);
    expect(await run(resumed, 3, 6)).toEqual(expected);
    expect(await resumed.snapshot()).toEqual(await whole.snapshot());
  });

  it('refuses other classes, and widths that differ where logits have no weight', async () => {
    const teacher = await teacherOf('cn_k3_s1_c6 | ir_k3_s2_e3_c9 | ir_k5_s1_e2_c10 | hd_c12');
    const distillation = { teacher, spec };
    expect(() => start({ distillation, classes: 5 })).toThrow(
      expect.objectContaining({
        code: 'SPEC_INVALID',
        message: expect.stringContaining('3 classes'),
      }),
    );
    const features = { teacher, spec: { ...spec, logitWeight: 0 } };
    expect(() => start({ distillation: features })).toThrow('nothing to distil');
    // With logits the features are left out.
    const { loss } = await start({ distillation }).step({ ...batchOf(0), step: 0 });
    const logits = { teacher, spec: { ...spec, featureWeight: 0 } };
    expect((await start({ distillation: logits }).step({ ...batchOf(0), step: 0 })).loss).toBe(
      loss,
    );
  });
});
