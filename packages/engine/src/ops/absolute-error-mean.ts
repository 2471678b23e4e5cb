import * as tf from '@tensorflow/tfjs-core';
import { composedKernel, runKernelForOne } from './kernel.ts';

interface Inputs {
  readonly a: tf.Tensor;
  readonly b: tf.Tensor;
}

/** The mean of |a − b| over all elements of two tensors of one shape. It has no gradient. */
export function absoluteErrorMean(a: tf.Tensor, b: tf.Tensor): tf.Scalar {
  tf.util.assertShapesMatch(a.shape, b.shape, 'absoluteErrorMean: ');
  return runKernelForOne('AbsoluteErrorMean', { a, b });
}

export const absoluteErrorMeanKernel = composedKernel<Inputs, undefined>(
  'AbsoluteErrorMean',
  ({ a, b }) => tf.tidy(() => tf.mean(tf.abs(tf.sub(a, b)))),
);
