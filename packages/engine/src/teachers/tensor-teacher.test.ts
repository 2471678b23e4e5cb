import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { TensorTeacher } from './tensor-teacher.ts';

/** Features twice and three times the image's values, logits their sum in each channel. */
class Multiplying extends TensorTeacher {
  readonly image = { size: 2, channels: 3 };
  readonly cuts = [this.image, this.image];
  readonly classes = 3;
  // So large that two images fit at once.
  protected readonly largestTensorBytes = 2 ** 27;
  readonly groups: number[] = [];

  featuresTensor(x: tf.Tensor4D, cuts: readonly number[]): tf.Tensor4D[] {
    this.groups.push(x.shape[0]);
    return cuts.map((cut) => tf.mul(x, cut + 2));
  }

  logitsTensor(x: tf.Tensor4D): tf.Tensor2D {
    this.groups.push(x.shape[0]);
    return tf.sum(x, [1, 2]);
  }

  logitsFromTensor(cut: number, features: tf.Tensor4D): tf.Tensor2D {
    return this.logitsTensor(tf.div(features, cut + 2));
  }

  dispose(): void {}
}

beforeAll(async () => {
  await openEngine('wasm');
});

const count = 5;
const x = Float32Array.from({ length: count * 12 }, (_, i) => i);
const sums = Array.from({ length: count * 3 }, (_, i) =>
  [0, 3, 6, 9].reduce((sum, pixel) => sum + 12 * Math.floor(i / 3) + (i % 3) + pixel, 0),
);

it('works in groups that fit into memory, and joins them', async () => {
  const teacher = new Multiplying();
  const tensors = tf.memory().numTensors;
  const [threefold, twofold] = await teacher.features(x, count, [1, 0]);
  expect(teacher.groups).toEqual([2, 2, 1]);
  expect(threefold).toEqual(x.map((value) => 3 * value));
  expect(twofold).toEqual(x.map((value) => 2 * value));
  expect([...(await teacher.logits(x, count))]).toEqual(sums);
  expect([...(await teacher.logitsFrom(1, threefold ?? x, count))]).toEqual(sums);
  expect([...(await teacher.guess(x, count))]).toEqual([2, 2, 2, 2, 2]);
  expect(tf.memory().numTensors).toBe(tensors);
});

it('refuses a cut point that there is not, and arrays of another size', async () => {
  const teacher = new Multiplying();
  await expect(teacher.logitsFrom(2, x, count)).rejects.toThrow('cut points 0 to 1, not 2');
  await expect(teacher.logits(x.subarray(1), count)).rejects.toThrow('feature maps of 2×2×3');
});
