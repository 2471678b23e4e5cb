import { createRandom, parseNetwork, parseSpace, pathFromIndex } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import type { FeatureBatch } from '../distil/feature-batch.ts';
import type { BatchNorm } from '../layers/batch-norm.ts';
import type { Affine } from '../layers/forward-mode.ts';
import { MicroBatch } from '../memory/micro-batch.ts';
import { NetworkModel } from '../network.ts';
import { CellSupernet } from '../supernet.ts';
import { relativeError } from '../tolerance.ts';
import { sampleDeviation } from './feature-moments.ts';
import { pathLoss } from './path-loss.ts';
import { rateCell } from './rate-cell.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const teacherIn = { channels: 4, size: 4 };
const teacherOut = { channels: 5, size: 2 };
const open: { dispose(): void }[] = [];

const measures = ['relativeL1', 'mseOverVariance', 'cosine', 'replaceKl', 'replaceError'] as const;

function supernetOf(layers: number, ops = 'ir_k3_e2_se0.25 ir_k5_e2 ir_k3_e3_se0.25') {
  const space = parseSpace(
    `stem cn_k3_s1_c4; ops ${ops}; block n1_c4_s1; block n${layers}_c3_s2; head hd_c8`,
  );
  const supernet = new CellSupernet({ space, block: 1, cell: 0, teacherIn, teacherOut, seed: 3 });
  open.push(supernet);
  return supernet;
}

afterEach(() => {
  for (const supernet of open.splice(0)) supernet.dispose();
});

function batchOf(name: string, count: number, factor = 1): FeatureBatch {
  const random = createRandom('rating', name);
  const values = (length: number, by: number) =>
    Float32Array.from({ length }, () => by * random.normal());
  return { x: values(count * 64, 1), y: values(count * 20, factor), count };
}

/** A network with a cut of the shape of `teacherIn` after block 1, and of `teacherOut` after block 2. */
function teacherOf() {
  const network = parseNetwork(
    'cn_k3_s1_c4 | ir_k3_s1_e2_c4 | ir_k3_s2_e2_c5 | ir_k3_s1_e2_c6 | hd_c8',
  );
  const model = new NetworkModel({ network, classes: 3, seed: 2 });
  open.push(model);
  return {
    logitsFromTensor: (cut: number, x: tf.Tensor4D) => model.forwardFrom(cut, x, { kind: 'eval' }),
  };
}

const labels = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2];
const calibration = batchOf('calibration', 6);
const batches = [batchOf('a', 5), batchOf('b', 3), batchOf('c', 4)];

describe('rateCell', () => {
  it.each(measures)(
    '%s equals the unshared evaluation of every path, bit for bit',
    async (measure) => {
      const supernet = supernetOf(3);
      const teacher = teacherOf();
      const { losses } = await rateCell({
        supernet,
        calibration,
        batches,
        measure,
        teacher,
        labels,
      });
      expect(losses.length).toBe(27);
      for (const index of losses.keys()) {
        const path = pathFromIndex(supernet.space, 1, 0, index);
        let weighted = 0;
        let from = 0;
        for (const batch of batches) {
          const part = { labels: labels.slice(from, from + batch.count), measure, teacher };
          weighted +=
            batch.count * (await pathLoss({ supernet, path, calibration, batch, ...part }));
          from += batch.count;
        }
        expect(losses[index]).toBe(weighted / 12);
      }
      // Shares of twelve images repeat themselves.
      expect(new Set(losses).size).toBeGreaterThan(measure === 'replaceError' ? 1 : 26);
    },
  );

  // Six ops: 6 + 36 = 42 and so on, against depth · 6^depth without sharing.
  it.each([
    [2, 42],
    [3, 258],
    [4, 1554],
    [5, 9330],
  ])(
    'computes each prefix of %i layers once',
    async (layers, evaluations) => {
      const ops = [1, 2, 3, 4, 5, 6].map((expansion) => `ir_k3_e${expansion}`).join(' ');
      const supernet = supernetOf(layers, ops);
      const rating = await rateCell({
        supernet,
        calibration: batchOf('small', 2),
        batches: [batchOf('one', 1)],
      });
      expect(rating.losses.length).toBe(6 ** layers);
      expect(rating.layerEvaluations).toBe(evaluations);
      expect(rating.passes).toBe(1);
    },
    60_000,
  );

  it.each(measures)('%s of batches in parts is that of whole batches', async (measure) => {
    const supernet = supernetOf(2);
    const more = { supernet, calibration, batches, measure, teacher: teacherOf(), labels };
    const whole = await rateCell(more);
    for (const size of [2, 1]) {
      // With little memory the parts of a batch come in different passes.
      for (const memoryBytes of [512 * 2 ** 20, 3000]) {
        const microBatch = MicroBatch.fixed(size);
        const parts = await rateCell({ ...more, microBatch, memoryBytes });
        for (const column of ['losses', 'errors', 'kl', 'top1'] as const) {
          const [one, other] = [parts[column], whole[column]];
          if (other === null) expect(one).toBeNull();
          else expect(relativeError(one ?? [], other), column).toBeLessThan(2e-6);
        }
      }
    }
  });

  it('gives the same losses in several passes of bounded memory', async () => {
    const supernet = supernetOf(2);
    const whole = await rateCell({ supernet, calibration, batches });
    const split = await rateCell({ supernet, calibration, batches, memoryBytes: 1 });
    expect(split.passes).toBe(3);
    expect(split.layerEvaluations).toBe(3 * whole.layerEvaluations);
    split.losses.forEach((loss, index) => {
      expect(loss).toBe(whole.losses[index]);
    });
  });

  it('reads batches as their pass comes, each once, to the same losses', async () => {
    const supernet = supernetOf(2);
    const whole = await rateCell({ supernet, calibration, batches });
    const log: string[] = [];
    const sources = batches.map((batch, i) => ({
      count: batch.count,
      read: async () => {
        log.push(`read ${i}`);
        return batch;
      },
    }));
    const read = await rateCell({
      ...{ supernet, calibration, batches: sources, memoryBytes: 1 },
      onProgress: ({ done }) => {
        if (done % supernet.paths === 0) log.push('rated');
      },
    });
    expect(read.losses).toEqual(whole.losses);
    expect(log).toEqual(['read 0', 'rated', 'read 1', 'rated', 'read 2', 'rated']);
  });

  it('repeats itself, changes nothing and leaves no tensor behind', async () => {
    const supernet = supernetOf(2);
    const teacher = teacherOf();
    const weights = await supernet.store.read();
    const tensors = tf.memory().numTensors;
    for (const measure of measures) {
      const options = { supernet, calibration, batches, measure, teacher, labels };
      const first = await rateCell(options);
      expect(await rateCell(options)).toEqual(first);
      expect(tf.memory().numTensors, measure).toBe(tensors);
    }
    expect(await supernet.store.read()).toEqual(weights);
  });

  it('takes statistics from the calibration batch only', async () => {
    const supernet = supernetOf(2);
    const [batch] = batches as [FeatureBatch];
    const alone = await rateCell({ supernet, calibration, batches: [batch] });
    const { losses } = await rateCell({ supernet, calibration: batchOf('x', 6), batches: [batch] });
    expect(losses).not.toEqual(alone.losses);
    const half = { x: batch.x.slice(0, 128), y: batch.y.slice(0, 40), count: 2 };
    const rest = { x: batch.x.slice(128), y: batch.y.slice(40), count: 3 };
    const parts = await Promise.all(
      [half, rest].map(async (part) => {
        const path = pathFromIndex(supernet.space, 1, 0, 4);
        const loss = await pathLoss({ supernet, path, calibration, batch: part });
        return loss * (sampleDeviation(part.y) + 1e-9) * part.count;
      }),
    );
    const whole = (parts[0] as number) + (parts[1] as number);
    const expected = (alone.losses[4] as number) * (sampleDeviation(batch.y) + 1e-9) * 5;
    expect(whole).toBeCloseTo(expected, 4);
  });

  it('gives a half width per path from its batches, and none from a single one', async () => {
    const supernet = supernetOf(2);
    const { losses, errors } = await rateCell({ supernet, calibration, batches });
    const path = pathFromIndex(supernet.space, 1, 0, 5);
    const alone: number[] = [];
    for (const batch of batches) alone.push(await pathLoss({ supernet, path, calibration, batch }));
    const images = [5, 3, 4];
    const squares = alone.reduce(
      (sum, loss, i) => sum + (images[i] ?? 0) * (loss - (losses[5] ?? 0)) ** 2,
      0,
    );
    expect(errors?.length).toBe(9);
    expect(errors?.[5]).toBeCloseTo(4.3027 * Math.sqrt(squares / 2 / 12), 10);
    expect(Math.min(...(errors ?? []))).toBeGreaterThan(0);
    const single = await rateCell({ supernet, calibration, batches: batches.slice(0, 1) });
    expect(single.errors).toBeNull();
    expect(single.kl).toBeNull();
    expect(single.top1).toBeNull();
  });

  it('puts paths into the teacher: its own features are no divergence and its own accuracy', async () => {
    const supernet = supernetOf(2);
    const teacher = teacherOf();
    const rated = { supernet, calibration, batches, teacher };
    const byKl = await rateCell({ ...rated, measure: 'replaceKl' });
    expect(byKl.kl).toEqual(byKl.losses);
    expect(byKl.top1).toBeNull();
    expect(Math.min(...byKl.losses)).toBeGreaterThan(0);
    const byError = await rateCell({ ...rated, measure: 'replaceError', labels });
    expect(byError.kl).toEqual(byKl.losses);
    byError.top1?.forEach((top1, index) => {
      expect(byError.losses[index]).toBeCloseTo(1 - top1, 12);
    });
    // Against the features that path 4 itself makes, path 4 is a perfect replacement.
    const path = pathFromIndex(supernet.space, 1, 0, 4);
    const affine = new Map<BatchNorm, Affine>();
    const own = tf.tidy(() => {
      const at = ({ x, count }: FeatureBatch) => tf.tensor4d(x, [count, 4, 4, 4]);
      supernet.forward(at(calibration), path, { kind: 'calibrate', affine });
      return batches.map((batch) => ({
        ...batch,
        y: supernet.forward(at(batch), path, { kind: 'given', affine }).dataSync<'float32'>(),
      }));
    });
    const logits = own.map(({ y, count }) =>
      teacher.logitsFromTensor(2, tf.tensor4d(y, [count, 2, 2, 5])).arraySync(),
    );
    const classes = logits.flat().map((row) => row.indexOf(Math.max(...row)));
    const itself = { ...rated, batches: own, labels: classes, measure: 'replaceKl' } as const;
    const perfect = await rateCell(itself);
    expect(perfect.losses[4]).toBeCloseTo(0, 10);
    expect(perfect.top1?.[4]).toBe(1);
    expect(perfect.losses.filter((loss) => loss > 1e-6).length).toBe(8);
  });

  it('refuses a replacing measure without the teacher, and the error without labels', async () => {
    const supernet = supernetOf(2);
    const plain = { supernet, calibration, batches };
    const { numTensors } = tf.memory();
    await expect(rateCell({ ...plain, measure: 'replaceKl' })).rejects.toThrow('needs the teacher');
    expect(tf.memory().numTensors).toBe(numTensors);
    const teacher = teacherOf();
    const before = tf.memory().numTensors;
    const blind = rateCell({ ...plain, teacher, measure: 'replaceError' });
    await expect(blind).rejects.toThrow('needs the classes');
    const few = rateCell({ ...plain, teacher, measure: 'replaceError', labels: [1, 2] });
    await expect(few).rejects.toThrow('labels for 2 images only');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('reports progress and stops when told, leaving no tensor behind', async () => {
    const supernet = supernetOf(2);
    const tensors = tf.memory().numTensors;
    const seen: number[] = [];
    const rating = rateCell({
      supernet,
      calibration,
      batches,
      onProgress: ({ done, total }) => {
        expect(total).toBe(9);
        seen.push(done);
      },
      shouldStop: () => seen.length === 4,
    });
    await expect(rating).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('names the path whose loss is not finite', async () => {
    const supernet = supernetOf(2);
    const broken = supernet.store.get('layers.1.2.bn3.bias').value;
    broken.assign(tf.fill(broken.shape, Number.NaN));
    await expect(rateCell({ supernet, calibration, batches })).rejects.toMatchObject({
      code: 'DIVERGED',
      message: expect.stringContaining('path 02 '),
    });
  });
});

describe('sampleDeviation', () => {
  it('divides by n − 1', () => {
    expect(sampleDeviation(Float32Array.of(1, 2, 3, 4))).toBeCloseTo(Math.sqrt(5 / 3), 12);
  });
});
