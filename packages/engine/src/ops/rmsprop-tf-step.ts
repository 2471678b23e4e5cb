import * as tf from '@tensorflow/tfjs-core';

interface Inputs {
  readonly param: tf.Variable;
  readonly grad: tf.Tensor;
  readonly square: tf.Variable;
  readonly velocity: tf.Variable;
}

interface Rates {
  readonly learningRate: number;
  /** Share of the mean square that is kept. */
  readonly alpha: number;
  readonly epsilon: number;
  readonly momentum: number;
  /** L2 penalty added to the gradient. */
  readonly weightDecay: number;
}

/**
 * One RMSprop update of one parameter, in place, in TensorFlow's form. All inputs have one shape.
 * square ← square + (1 − α)(g² − square); velocity ← momentum · velocity + lr · g / √(square + ε);
 * param ← param − velocity.
 */
export function rmspropTfStep({ param, grad, square, velocity }: Inputs, rates: Rates): void {
  const { learningRate, alpha, epsilon, momentum, weightDecay } = rates;
  tf.tidy(() => {
    const g = weightDecay === 0 ? grad : tf.add(grad, tf.mul(param, weightDecay));
    square.assign(tf.add(tf.mul(square, alpha), tf.mul(tf.square(g), 1 - alpha)));
    const scaled = tf.mul(tf.div(g, tf.sqrt(tf.add(square, epsilon))), learningRate);
    velocity.assign(tf.add(tf.mul(velocity, momentum), scaled));
    param.assign(tf.sub(param, velocity));
  });
}
