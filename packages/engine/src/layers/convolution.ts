import type { Frame } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { pointwise } from '../ops/pointwise.ts';
import { paddingOf } from './padding.ts';

/** How a window moves over a feature map. */
export interface Sliding {
  readonly stride: 1 | 2;
  readonly frame: Frame;
}

/** A dense convolution: `x` [batch, height, width, in], `kernel` [k, k, in, out]. */
export function convolve(
  x: tf.Tensor4D,
  kernel: tf.Tensor,
  { stride, frame }: Sliding,
): tf.Tensor4D {
  const size = kernel.shape[0] as number;
  if (size === 1 && stride === 1) return pointwise(x, kernel);
  return tf.conv2d(x, kernel as tf.Tensor4D, stride, paddingOf(size, frame));
}

/** A depth-wise convolution: `x` [batch, height, width, channels], `kernel` [k, k, channels, 1]. */
export function depthwise(
  x: tf.Tensor4D,
  kernel: tf.Tensor,
  { stride, frame }: Sliding,
): tf.Tensor4D {
  const padding = paddingOf(kernel.shape[0] as number, frame);
  return tf.depthwiseConv2d(x, kernel as tf.Tensor4D, stride, padding);
}
