import * as tf from '@tensorflow/tfjs-core';

interface Inputs {
  readonly param: tf.Variable;
  readonly grad: tf.Tensor;
  readonly velocity: tf.Variable;
}

interface Rates {
  readonly learningRate: number;
  readonly momentum: number;
  /** L2 penalty added to the gradient. */
  readonly weightDecay: number;
}

/**
 * One step of gradient descent with momentum on one parameter, in place. All inputs have one shape.
 * velocity ← momentum · velocity + g; param ← param − lr · velocity.
 */
export function sgdStep({ param, grad, velocity }: Inputs, rates: Rates): void {
  const { learningRate, momentum, weightDecay } = rates;
  tf.tidy(() => {
    const g = weightDecay === 0 ? grad : tf.add(grad, tf.mul(param, weightDecay));
    velocity.assign(tf.add(tf.mul(velocity, momentum), g));
    param.assign(tf.sub(param, tf.mul(velocity, learningRate)));
  });
}
