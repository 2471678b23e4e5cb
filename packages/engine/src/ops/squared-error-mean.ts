import * as tf from '@tensorflow/tfjs-core';
import { composedKernel } from './kernel.ts';

interface Inputs {
  readonly a: tf.Tensor;
  readonly b: tf.Tensor;
}

/** The mean of (a − b)² over all elements of two tensors of one shape: the distillation loss. */
export function squaredErrorMean(a: tf.Tensor, b: tf.Tensor): tf.Scalar {
  tf.util.assertShapesMatch(a.shape, b.shape, 'squaredErrorMean: ');
  return tf.engine().runKernel('SquaredErrorMean', { a, b }) as tf.Scalar;
}

export const squaredErrorMeanKernel = composedKernel<Inputs, undefined>(
  'SquaredErrorMean',
  ({ a, b }) => tf.tidy(() => tf.mean(tf.squaredDifference(a, b))),
  {
    inputsToSave: ['a', 'b'],
    gradFunc: (dys, saved) => {
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      const dy = (Array.isArray(dys) ? dys[0] : dys) as tf.Tensor;
      const [da] = tf.engine().runKernel<tf.Tensor[]>('SquaredErrorMeanGrad', { dy, a, b }) as [
        tf.Tensor,
      ];
      return { a: () => da, b: () => tf.neg(da) };
    },
  },
);

export const squaredErrorMeanGradKernel = composedKernel<Inputs & { dy: tf.Scalar }, undefined>(
  'SquaredErrorMeanGrad',
  ({ dy, a, b }) => tf.tidy(() => [tf.mul(tf.sub(a, b), tf.mul(dy, 2 / a.size))]),
);
