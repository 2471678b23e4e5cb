import * as tf from '@tensorflow/tfjs-core';
import { channelGate } from '../ops/channel-gate.ts';
import type { ForwardMode } from './forward-mode.ts';

/**
 * `x + branch`, both [batch, height, width, channels]. In training with stochastic depth every
 * image's branch is dropped or scaled up first.
 */
export function addResidual(
  branch: tf.Tensor4D,
  x: tf.Tensor4D,
  depth: number,
  mode: ForwardMode,
): tf.Tensor4D {
  const [batch, , , channels] = branch.shape;
  const factors = mode.kind === 'train' ? mode.dropPath?.(depth, batch) : undefined;
  if (factors === undefined) return tf.add(branch, x);
  if (factors.length !== batch) throw new Error(`${factors.length} factors for ${batch} images.`);
  const gate = new Float32Array(batch * channels);
  factors.forEach((factor, image) => {
    gate.fill(factor, image * channels, (image + 1) * channels);
  });
  return tf.add(channelGate(branch, tf.tensor2d(gate, [batch, channels])), x);
}
