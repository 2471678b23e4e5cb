import * as tf from '@tensorflow/tfjs-core';

/**
 * KL(teacher ‖ student) of the class probabilities that two sets of logits [batch, classes] give at
 * a temperature, times the temperature squared (Hinton et al. 2015, section 2); the mean over the
 * batch. The gradient, T · (student's probabilities − teacher's) over the batch size, flows to the
 * student's logits only.
 */
export function softmaxDivergence(
  student: tf.Tensor2D,
  teacher: tf.Tensor2D,
  temperature = 1,
): tf.Scalar {
  tf.util.assertShapesMatch(student.shape, teacher.shape, 'softmaxDivergence: ');
  const batch = student.shape[0];
  const compute = tf.customGrad((...given) => {
    const [x, save] = given as [tf.Tensor, tf.GradSaveFunc];
    const target = logProbabilities(teacher, temperature);
    const own = logProbabilities(x, temperature);
    const probabilities = tf.exp(target);
    save([tf.mul(tf.sub(tf.exp(own), probabilities), temperature / batch)]);
    const divergence = tf.sum(tf.mul(probabilities, tf.sub(target, own)));
    return {
      value: tf.mul(divergence, temperature ** 2 / batch),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0] as tf.Tensor, dy),
    };
  });
  return compute(student) as tf.Scalar;
}

function logProbabilities(logits: tf.Tensor, temperature: number): tf.Tensor {
  const scaled = tf.div(logits, temperature);
  const shifted = tf.sub(scaled, tf.max(scaled, 1, true));
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
}
