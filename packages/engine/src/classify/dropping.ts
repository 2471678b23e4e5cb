import { createRandom } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { DropPath } from '../layers/forward-mode.ts';

/** Where a forward pass stands: its images are `from` to `from + count` of the step's `total`. */
export interface Place {
  readonly seed: number;
  readonly step: number;
  readonly from: number;
  readonly count: number;
  readonly total: number;
}

/**
 * Inverted dropout (Srivastava et al. 2014): what the features that enter the classifier are
 * multiplied with, [count, features]. What stays is scaled up, so that evaluation needs no
 * correction. The draws belong to step and image, however the images are split.
 */
export function dropoutMask(
  rate: number,
  features: number,
  { seed, step, from, count }: Omit<Place, 'total'>,
): tf.Tensor2D {
  const mask = new Float32Array(count * features);
  for (let image = 0; image < count; image++) {
    const random = createRandom(seed, 'dropout', step, from + image);
    const end = (image + 1) * features;
    for (let i = image * features; i < end; i++) mask[i] = keepOrDrop(random, rate);
  }
  return tf.tensor2d(mask, [count, features]);
}

/**
 * Stochastic depth (Huang et al. 2016): the rate rises linearly with the depth of the layer to
 * `rate`, as in timm. The draws belong to step and layer, however the images are split.
 */
export function dropPath(rate: number, { seed, step, from, total }: Place): DropPath {
  return (depth, count) => {
    if (rate * depth === 0) return undefined;
    const random = createRandom(seed, 'drop-path', step, depth);
    const all = Float32Array.from({ length: total }, () => keepOrDrop(random, rate * depth));
    return all.subarray(from, from + count);
  };
}

function keepOrDrop(random: { next(): number }, rate: number): number {
  return random.next() < rate ? 0 : 1 / (1 - rate);
}
