import * as tf from '@tensorflow/tfjs-core';
import type { FeatureShape } from '../supernet.ts';

/** Teacher features of `count` images: what enters a block and what leaves it, NHWC, row-major. */
export interface FeatureBatch {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly count: number;
}

/** `data` as [count, size, size, channels]. The array must hold exactly that many values. */
export function featureTensor(
  data: Float32Array,
  count: number,
  { size, channels }: FeatureShape,
): tf.Tensor4D {
  checkLength(data, count, { size, channels });
  return tf.tensor4d(data, [count, size, size, channels], 'float32');
}

/** @throws Error when the array does not hold exactly `count` maps of the shape */
export function checkLength(
  data: Float32Array,
  count: number,
  { size, channels }: FeatureShape,
): void {
  const needed = count * size * size * channels;
  if (data.length === needed) return;
  throw new Error(
    `${count} feature maps of ${size}×${size}×${channels} are ${needed} values, ` +
      `not ${data.length}.`,
  );
}
