import * as tf from '@tensorflow/tfjs-core';

/**
 * Mean cross-entropy of logits against class probabilities, both [batch, classes]. With label
 * smoothing the targets carry it; see {@link smoothedTargets}. The gradient, softmax minus target
 * over the batch size, flows to the logits only.
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  const compute = tf.customGrad((...given) => {
    const [x, save] = given as [tf.Tensor, tf.GradSaveFunc];
    const shifted = tf.sub(x, tf.max(x, 1, true));
    const logProbabilities = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
    const batch = logits.shape[0];
    save([tf.mul(tf.sub(tf.exp(logProbabilities), targets), 1 / batch)]);
    return {
      value: tf.mul(tf.sum(tf.mul(logProbabilities, targets)), -1 / batch),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [gradient] = saved as [tf.Tensor];
        return tf.mul(gradient, dy);
      },
    };
  });
  return compute(logits) as tf.Scalar;
}

/**
 * One-hot rows [batch, classes] for `labels`, with `smoothing` of each row's mass spread evenly
 * over all classes (Szegedy et al. 2016, section 7).
 */
export function smoothedTargets(
  labels: ArrayLike<number>,
  classes: number,
  smoothing: number,
): Float32Array {
  const targets = new Float32Array(labels.length * classes).fill(smoothing / classes);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (label === undefined || !Number.isInteger(label) || label < 0 || label >= classes) {
      throw new Error(`Label ${label} of row ${row} is not one of ${classes} classes.`);
    }
    targets[row * classes + label] = 1 - smoothing + smoothing / classes;
  }
  return targets;
}
