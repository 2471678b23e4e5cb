import * as tf from '@tensorflow/tfjs-core';
import { composedKernel, firstGradient, runKernelForOne } from './kernel.ts';

interface Inputs {
  readonly a: tf.Tensor;
  readonly b: tf.Tensor;
}

/** The mean of (a − b)² over all elements of two tensors of one shape: the distillation loss. */
export function squaredErrorMean(a: tf.Tensor, b: tf.Tensor): tf.Scalar {
  tf.util.assertShapesMatch(a.shape, b.shape, 'squaredErrorMean: ');
  return runKernelForOne('SquaredErrorMean', { a, b });
}

export const squaredErrorMeanKernel = composedKernel<Inputs, undefined>(
  'SquaredErrorMean',
  ({ a, b }) => tf.tidy(() => tf.mean(tf.squaredDifference(a, b))),
  {
    inputsToSave: ['a', 'b'],
    gradFunc: (dys, saved) => {
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      const dy = firstGradient(dys);
      const da = runKernelForOne('SquaredErrorMeanGrad', { dy, a, b });
      return { a: () => da, b: () => tf.neg(da) };
    },
  },
);

export const squaredErrorMeanGradKernel = composedKernel<Inputs & { dy: tf.Scalar }, undefined>(
  'SquaredErrorMeanGrad',
  ({ dy, a, b }) => tf.tidy(() => [tf.mul(tf.sub(a, b), tf.mul(dy, 2 / a.size))]),
);
