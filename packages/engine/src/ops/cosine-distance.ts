import * as tf from '@tensorflow/tfjs-core';
import { spatialMean } from './spatial-mean.ts';

/** Norms below this count as this, as in PyTorch's cosine similarity. */
const leastNorm = 1e-8;

/**
 * 1 − cosine of the angle between `a` and `b`, each image's feature map taken as one vector; the
 * mean over the images. Both are [batch, height, width, channels]. The gradient flows to `a` only.
 */
export function cosineDistance(a: tf.Tensor4D, b: tf.Tensor4D): tf.Scalar {
  tf.util.assertShapesMatch(a.shape, b.shape, 'cosineDistance: ');
  const [batch] = a.shape;
  const compute = tf.customGrad((...given) => {
    const [x, save] = given as [tf.Tensor4D, tf.GradSaveFunc];
    const norm = normOf(x);
    const unit = tf.div(x, norm) as tf.Tensor4D;
    const targetUnit = tf.div(b, normOf(b)) as tf.Tensor4D;
    const cosine = innerProduct(unit, targetUnit);
    // d cos / da = (b/|b| − cos · a/|a|) / |a|
    save([tf.div(tf.sub(tf.mul(cosine, unit), targetUnit), tf.mul(norm, batch))]);
    return {
      value: tf.mean(tf.sub(1, cosine)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0] as tf.Tensor, dy),
    };
  });
  return compute(a) as tf.Scalar;
}

/** Of each image: [batch, 1, 1, 1]. */
function innerProduct(a: tf.Tensor4D, b: tf.Tensor4D): tf.Tensor {
  const [batch, height, width] = a.shape;
  // Over space first: one sum of a hundred thousand numbers loses two digits more.
  const means = tf.sum(spatialMean(tf.mul(a, b)), 1);
  return tf.reshape(tf.mul(means, height * width), [batch, 1, 1, 1]);
}

/** Of each image: [batch, 1, 1, 1]. */
function normOf(a: tf.Tensor4D): tf.Tensor {
  return tf.maximum(tf.sqrt(innerProduct(a, a)), leastNorm);
}
