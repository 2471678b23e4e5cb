/**
 * The traps of DNA's released code, by the numbers of the facts' section 12, as far as they concern
 * tensors. Each is ruled out by a test that names it. Elsewhere: 3 (the rating set is stratified:
 * datasets), 10 (folders named val or validation: datasets), 11 (DNA-b's figures: dna).
 */
import type { RatingMeasure } from '@blockwise/contracts';
import {
  cellLayers,
  createRandom,
  layerCost,
  opsOf,
  parseSpace,
  pathFromIndex,
  printOp,
} from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from './backends/open.ts';
import { CellTraining } from './distil/cell-training.ts';
import type { FeatureBatch } from './distil/feature-batch.ts';
import { pathLoss } from './rating/path-loss.ts';
import { rateCell } from './rating/rate-cell.ts';
import { CellSupernet } from './supernet.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const teacherIn = { channels: 4, size: 4 };
const teacherOut = { channels: 5, size: 2 };
const open: { dispose(): void }[] = [];

afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

function spaceOf(ops = 'ir_k3_e2_se0.25 ir_k5_e2 ir_k3_e3_se0.25', layers = 2) {
  return parseSpace(
    `stem cn_k3_s1_c4; ops ${ops}; block n1_c4_s1; block n${layers}_c3_s2; head hd_c8`,
  );
}

function supernetOf(ops?: string, layers?: number) {
  const place = { space: spaceOf(ops, layers), block: 1, cell: 0, teacherIn, teacherOut };
  const supernet = new CellSupernet({ ...place, seed: 3 });
  open.push(supernet);
  return supernet;
}

/** With Adam's moments and weight decay: what pulled the ops that were not sampled. */
function trainingOf(learningRate = 0.01) {
  const training = new CellTraining({
    ...{ space: spaceOf(), block: 1, cell: 0, teacherIn, teacherOut, seed: 3 },
    schedule: {
      ...{ kind: 'constant', learningRate, warmupSteps: 0, totalSteps: 100 },
      ...{ stepsPerEpoch: 10, decay: 1 },
    },
    optimizer: { optimizer: 'adam', weightDecay: 1e-4 },
  });
  open.push(training);
  return training;
}

function batchOf(name: string, count: number): FeatureBatch {
  const random = createRandom('traps', name);
  const values = (length: number) => Float32Array.from({ length }, () => random.normal());
  return { x: values(count * 64), y: values(count * 20), count };
}

const calibration = batchOf('calibration', 6);
const batches = [batchOf('a', 5), batchOf('b', 3)];
const local = ['relativeL1', 'mseOverVariance', 'cosine'] as const;

/** Path indices, the least loss first. */
function order(losses: ArrayLike<number>): number[] {
  return Array.from(losses, (_, i) => i).sort((a, b) => (losses[a] ?? 0) - (losses[b] ?? 0));
}

describe('trap 1: losses that exist on several devices only', () => {
  it.each(local)('%s of every path is a number of its own on one device', async (measure) => {
    const { losses } = await rateCell({ supernet: supernetOf(), calibration, batches, measure });
    expect(Math.min(...losses)).toBeGreaterThan(0.1);
    expect(new Set(losses).size).toBe(9);
  });
});

describe('trap 2: paths in order by another measure than the search’s', () => {
  it('the losses that are searched with are in the order of the measure that was asked for', async () => {
    const supernet = supernetOf(undefined, 3);
    // Few great values, which squares see and absolute values do not.
    const rated = batches.map((batch) => ({ ...batch, y: batch.y.map((value) => value ** 5) }));
    const orders = new Map<RatingMeasure, string>();
    for (const measure of local) {
      const { losses } = await rateCell({ supernet, calibration, batches: rated, measure });
      const alone: number[] = [];
      for (const index of losses.keys()) {
        const path = pathFromIndex(supernet.space, 1, 0, index);
        let sum = 0;
        for (const batch of rated) {
          sum += batch.count * (await pathLoss({ supernet, path, calibration, batch, measure }));
        }
        alone.push(sum);
      }
      expect(order(losses)).toEqual(order(alone));
      orders.set(measure, order(losses).join());
    }
    // Or the test would say nothing.
    expect(orders.get('relativeL1')).not.toBe(orders.get('mseOverVariance'));
  });
});

describe('trap 4: batch norm left in an odd state by the rating', () => {
  it('a rating leaves weights, running statistics and optimiser as they were', async () => {
    const [rated, never] = [trainingOf(), trainingOf()];
    for (let step = 0; step < 6; step++) {
      if (step === 3) {
        const before = await rated.snapshot();
        await rateCell({ supernet: rated.supernet, calibration, batches });
        expect(await rated.snapshot()).toEqual(before);
      }
      const batch = { ...batchOf(`step ${step}`, 4), step };
      expect(await rated.step(batch)).toEqual(await never.step(batch));
    }
    // The next steps' momentum of running statistics is the same, too.
    expect(await rated.snapshot()).toEqual(await never.snapshot());
  });

  it('a rating does not depend on running statistics', async () => {
    const supernet = supernetOf();
    const { losses } = await rateCell({ supernet, calibration, batches });
    for (const { kind, value } of supernet.store.all()) {
      if (kind === 'statistic') value.assign(tf.fill(value.shape, 123));
    }
    expect((await rateCell({ supernet, calibration, batches })).losses).toEqual(losses);
  });
});

describe('trap 5: an optimiser over the whole supernet', () => {
  it('an op that twelve steps do not sample stays where it is, to the bit', async () => {
    // 0.005 and 12 steps pulled 0.05 to 0 in the released code.
    const training = trainingOf(0.005);
    for (let step = 0; step < 8; step++) await training.step({ ...batchOf(`${step}`, 4), step });
    const before = await training.snapshot();
    // Only steps that leave op 1 of layer 0 alone; it has been sampled before.
    const moments = [...before.keys()].filter((key) => key.startsWith('adam.m/layers.0.1.'));
    expect(moments.length).toBeGreaterThan(0);
    let taken = 0;
    for (let step = 8; taken < 12; step++) {
      if (training.pathsOf(step)[0]?.[0] === 1) continue;
      await training.step({ ...batchOf(`${step}`, 4), step });
      taken += 1;
    }
    const after = await training.snapshot();
    for (const [name, { data }] of before) {
      if (name.includes('layers.0.1.')) expect(after.get(name)?.data, name).toEqual(data);
    }
    expect(after.get('layers.0.0.conv_pw.weight')).not.toEqual(
      before.get('layers.0.0.conv_pw.weight'),
    );
  });
});

describe('trap 6: calibration on noisy images', () => {
  // That the images are clean is the trainer's; here, that they alone decide the statistics.
  it('statistics are those of the calibration images, whatever else is rated', async () => {
    const supernet = supernetOf();
    const [clean, noisy] = [batchOf('a', 5), batchOf('noise', 64)];
    noisy.x.forEach((value, i) => {
      noisy.x[i] = 30 * value + 7;
    });
    const rate = (rated: FeatureBatch[], calibrated = calibration) =>
      rateCell({ supernet, calibration: calibrated, batches: rated });
    const { losses } = await rate([clean]);
    const among = await rate([clean, noisy]);
    const alone = await rate([noisy]);
    among.losses.forEach((loss, index) => {
      const expected = (5 * (losses[index] ?? 0) + 64 * (alone.losses[index] ?? 0)) / 69;
      expect(loss).toBeCloseTo(expected, 10);
    });
    // And a noisy calibration would change the ratings.
    expect((await rate([clean], noisy)).losses).not.toEqual(losses);
  });
});

describe('trap 7: ties of half precision', () => {
  it('losses nearer than half precision resolves keep their order', async () => {
    // Op 1 is op 0 with a margin of zeros, and a bias that is the least bit off.
    const supernet = supernetOf('ir_k3_e2 ir_k5_e2', 1);
    const [narrow, wide] = ['layers.0.0', 'layers.0.1'];
    for (const { name, value } of supernet.store.weights()) {
      if (!name.startsWith(`${wide}.`)) continue;
      const twin = supernet.store.get(name.replace(wide, narrow)).value;
      const padded = name.endsWith('conv_dw.weight')
        ? tf.pad(twin, [
            [1, 1],
            [1, 1],
            [0, 0],
            [0, 0],
          ])
        : tf.mul(twin, 1);
      value.assign(padded);
    }
    const bias = supernet.store.get(`${wide}.bn3.bias`).value;
    bias.assign(tf.add(bias, 2e-5));
    const { losses } = await rateCell({ supernet, calibration, batches });
    const [first = 0, second = 0] = losses;
    expect(first).not.toBe(second);
    // Half precision has steps of 2⁻¹¹ between 1/2 and 1, and of 2⁻¹⁰ up to 2.
    expect(first).toBeGreaterThan(0.5);
    expect(Math.abs(first - second)).toBeLessThan(2 ** -12);
    expect(losses).toBeInstanceOf(Float64Array);
    // The other way round, the order turns.
    bias.assign(tf.sub(bias, 4e-5));
    const turned = (await rateCell({ supernet, calibration, batches })).losses;
    expect(Math.sign((turned[1] ?? 0) - first)).toBe(-Math.sign(second - first));
  });
});

describe('trap 8: ops that are not what their name says', () => {
  const kinds = [3, 5, 7].flatMap((kernel) => [
    `ir_k${kernel}_e3`,
    `ir_k${kernel}_e6_se0.25`,
    `er_k${kernel}_e2`,
    `bt_k${kernel}_e0.5`,
  ]);

  it.each(kinds)(
    '%s has a kernel of that size, and the parameters that it is counted with',
    (op) => {
      const supernet = supernetOf(op, 2);
      const { space } = supernet;
      expect(opsOf(space, 1).map(printOp)).toEqual([op]);
      const kernel = Number(op[4]);
      const layers = cellLayers(space, 1, 0, [0, 0], teacherOut.channels);
      let [channels, size] = [teacherIn.channels, teacherIn.size];
      layers.forEach((layer, index) => {
        const own = supernet.store
          .weights()
          .filter(({ name }) => name.startsWith(`layers.${index}.0.`));
        const kernels = own.filter(({ value }) => value.shape.length === 4);
        const sides = kernels.map(({ value }) => value.shape[0]);
        expect(Math.max(...sides.map(Number))).toBe(kernel);
        expect(sides.filter((side) => side === kernel).length).toBe(1);
        const cost = layerCost(layer, channels, size);
        expect(own.reduce((sum, { value }) => sum + value.size, 0)).toBe(cost.params);
        [channels, size] = [cost.outChannels, cost.outSize];
      });
    },
  );
});

describe('trap 9: losses of different blocks compared as they are', () => {
  it.each(local)('%s does not know the scale of a block’s features', async (measure) => {
    const supernet = supernetOf();
    const [batch] = batches as [FeatureBatch];
    const options = { supernet, calibration, measure };
    const before = await rateCell({ ...options, batches: [batch] });
    // The last batch norm scales what the cell makes of its input.
    for (const { name, value } of supernet.store.weights()) {
      if (/^layers\.1\.\d\.bn3\./.test(name)) value.assign(tf.mul(value, 64));
    }
    const loud = { ...batch, y: batch.y.map((value) => 64 * value) };
    const after = await rateCell({ ...options, batches: [loud] });
    after.losses.forEach((loss, index) => {
      expect(loss).toBeCloseTo(before.losses[index] ?? 0, 5);
    });
  });

  it('the squared error that cells are trained by does, by the square', async () => {
    const [quiet, loud] = [trainingOf(), trainingOf()];
    for (const { name, value } of loud.supernet.store.weights()) {
      if (/^layers\.1\.\d\.bn3\./.test(name)) value.assign(tf.mul(value, 64));
    }
    const batch = { ...batchOf('scale', 4), step: 0 };
    const scaled = { ...batch, y: batch.y.map((value) => 64 * value) };
    const ratio = (await loud.step(scaled)).loss / (await quiet.step(batch)).loss;
    expect(ratio / 64 ** 2).toBeCloseTo(1, 4);
  });
});
