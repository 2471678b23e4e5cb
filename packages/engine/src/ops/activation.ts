import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from './kernel.ts';

/** The activation of `z`, any shape. */
export function activate<T extends tf.Tensor>(z: T, activation: Activation): T {
  switch (activation) {
    case 'none':
      return z;
    case 'swish':
      return tf.mul(z, tf.sigmoid(z));
    case 'relu':
      return tf.relu(z);
    case 'hardSwish':
      return tf.mul(z, hardSigmoid(z));
    default:
      return unknownActivation(activation);
  }
}

/** min(max(z + 3, 0), 6) / 6, any shape (Howard et al. 2019). */
export function hardSigmoid<T extends tf.Tensor>(z: T): T {
  return tf.clipByValue(tf.add(tf.mul(z, 1 / 6), 0.5), 0, 1) as T;
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
    case 'hardSwish': {
      // d(z·h)/dz = h + z/6 between −3 and 3, h beyond them, with h = hardSigmoid(z)
      const inside = tf.cast(tf.less(tf.abs(z), 3), 'float32');
      return tf.mul(dy, tf.add(hardSigmoid(z), tf.mul(tf.mul(z, 1 / 6), inside)));
    }
    default:
      return unknownActivation(activation);
  }
}

function unknownActivation(activation: never): never {
  throw new Error(`Unknown activation ${String(activation)}.`);
}
