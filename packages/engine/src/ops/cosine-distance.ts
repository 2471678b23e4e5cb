import * as tf from '@tensorflow/tfjs-core';

/** Norms below this count as this, as in PyTorch's cosine similarity. */
const leastNorm = 1e-8;

/**
 * 1 − cosine of the angle between `a` and `b`, each image's feature map taken as one vector; the
 * mean over the images. Both are [batch, …] of one shape. The gradient flows to `a` only.
 */
export function cosineDistance(a: tf.Tensor, b: tf.Tensor): tf.Scalar {
  tf.util.assertShapesMatch(a.shape, b.shape, 'cosineDistance: ');
  const batch = a.shape[0] ?? 1;
  const compute = tf.customGrad((...given) => {
    const [x, save] = given as [tf.Tensor, tf.GradSaveFunc];
    const flat = tf.reshape(x, [batch, -1]);
    const target = tf.reshape(b, [batch, -1]);
    const norm = normOf(flat);
    const unit = tf.div(flat, norm);
    const targetUnit = tf.div(target, normOf(target));
    const cosine = tf.sum(tf.mul(unit, targetUnit), 1, true);
    // d cos / da = (b/|b| − cos · a/|a|) / |a|
    const slope = tf.div(tf.sub(tf.mul(cosine, unit), targetUnit), tf.mul(norm, batch));
    save([tf.reshape(slope, a.shape)]);
    return {
      value: tf.mean(tf.sub(1, cosine)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0] as tf.Tensor, dy),
    };
  });
  return compute(a) as tf.Scalar;
}

// [batch, n] → [batch, 1]
function normOf(rows: tf.Tensor): tf.Tensor {
  return tf.maximum(tf.sqrt(tf.sum(tf.square(rows), 1, true)), leastNorm);
}
