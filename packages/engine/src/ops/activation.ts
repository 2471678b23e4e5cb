import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from './kernel.ts';

/** The activation of `z`, any shape. */
export function activate(z: tf.Tensor, activation: Activation): tf.Tensor {
  switch (activation) {
    case 'none':
      return z;
    case 'swish':
      return tf.mul(z, tf.sigmoid(z));
    case 'relu':
      return tf.relu(z);
    default:
      return unknownActivation(activation);
  }
}

/** `dy` times the derivative of the activation at `z`, the value before it. */
export function activationGradient(dy: tf.Tensor, z: tf.Tensor, activation: Activation): tf.Tensor {
  switch (activation) {
    case 'none':
      return dy;
    case 'swish': {
      // d(z·s)/dz = s·(1 + z·(1 − s)) with s = sigmoid(z)
      const s = tf.sigmoid(z);
      return tf.mul(dy, tf.mul(s, tf.add(tf.mul(z, tf.sub(1, s)), 1)));
    }
    case 'relu':
      return tf.mul(dy, tf.step(z));
    default:
      return unknownActivation(activation);
  }
}

function unknownActivation(activation: never): never {
  throw new Error(`Unknown activation ${String(activation)}.`);
}
