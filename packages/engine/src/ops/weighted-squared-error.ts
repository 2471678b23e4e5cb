import * as tf from '@tensorflow/tfjs-core';
import { spatialMean } from './spatial-mean.ts';

/**
 * The mean of (a − b)² · weight over all elements, `a` and `b` [batch, height, width, channels],
 * `weights` [channels]. The gradient flows to `a` only.
 */
export function weightedSquaredErrorMean(
  a: tf.Tensor4D,
  b: tf.Tensor4D,
  weights: tf.Tensor1D,
): tf.Scalar {
  tf.util.assertShapesMatch(a.shape, b.shape, 'weightedSquaredErrorMean: ');
  const compute = tf.customGrad((...given) => {
    const [x, save] = given as [tf.Tensor4D, tf.GradSaveFunc];
    const difference = tf.sub(x, b);
    const weighted = tf.mul(difference, weights);
    save([weighted]);
    return {
      // Over space first: sums of a few thousand numbers keep their last digits.
      value: tf.mean(spatialMean(tf.mul(difference, weighted) as tf.Tensor4D)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        tf.mul(saved[0] as tf.Tensor, tf.mul(dy, 2 / a.size)),
    };
  });
  return compute(a) as tf.Scalar;
}
