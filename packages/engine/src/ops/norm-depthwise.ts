import * as tf from '@tensorflow/tfjs-core';
import { batchNormTrain, type NormAttributes } from './batch-norm-train.ts';
import { firstGradient, runKernel } from './kernel.ts';

type Four = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
type Six = [...Four, tf.Tensor, tf.Tensor];

interface Window {
  readonly stride: 1 | 2;
  /** As tfjs pads: `same`, or so many pixels on every side. */
  readonly padding: 'same' | number;
}

/**
 * Batch normalisation with the statistics of this batch, an activation, and a depth-wise convolution:
 * `x` [batch, height, width, channels], `kernel` [k, k, channels, 1]. Returns the convolution's
 * output, and the mean and biased variance of `x`, [channels] each. A back end with a kernel for it
 * never stores what is between the two; gradients flow through the first result only.
 */
export function normDepthwise(
  x: tf.Tensor4D,
  [scale, offset, kernel]: readonly [tf.Tensor1D, tf.Tensor1D, tf.Tensor4D],
  attrs: NormAttributes,
  { stride, padding }: Window,
): [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D] {
  if (tf.getKernel('NormDepthwise', tf.getBackend()) == null) {
    const [y, mean, variance] = batchNormTrain(x, scale, offset, attrs);
    return [tf.depthwiseConv2d(y, kernel, stride, padding), mean, variance];
  }
  const inputs = { x, scale, offset, filter: kernel };
  const window = { strides: [stride, stride], pad: padding, dilations: [1, 1] };
  const results = runKernel('NormDepthwise', inputs, { ...attrs, ...window });
  return results as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D];
}

export const normDepthwiseGradient: tf.GradConfig = {
  kernelName: 'NormDepthwise',
  inputsToSave: ['x', 'scale', 'offset', 'filter'],
  outputsToSave: [false, true, true],
  gradFunc: (dys, saved, attrs) => {
    const dy = firstGradient(dys);
    const [x, scale, offset, filter, mean, variance] = saved as Six;
    const inputs = { dy, x, scale, offset, filter, mean, variance };
    // `dy` is given back after this (see releasingGradient): its memory may become dx's.
    const all = runKernel('NormDepthwiseGrad', inputs, { ...attrs, consume: true });
    const [dx, dscale, doffset, dfilter] = all as Four;
    return {
      x: () => dx,
      scale: () => dscale,
      offset: () => doffset,
      filter: () => dfilter,
    };
  },
};
