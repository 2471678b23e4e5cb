import * as tf from '@tensorflow/tfjs-core';
import { activationGradient } from '../../ops/activation.ts';
import type { Activation } from '../../ops/kernel.ts';
import { floatType, type TensorflowBackend } from './binding.ts';

/**
 * `dy` times the derivative of the activation at `z`, which is computed where it is needed: by
 * TensorFlow's fused derivatives where it has them.
 */
export function activationGradientOf(
  backend: TensorflowBackend,
  dy: tf.Tensor,
  z: () => tf.Tensor,
  activation: Activation,
): tf.Tensor {
  switch (activation) {
    case 'none':
      return dy;
    case 'swish': {
      // d(z·s)/dz = s + z·s·(1 − s) with s = sigmoid(z); SigmoidGrad(s, z) is the second summand.
      const value = z();
      const s = tf.sigmoid(value);
      const slope = run(backend, 'SigmoidGrad', [s, value]);
      return tf.mul(dy, tf.add(s, slope));
    }
    case 'relu':
      return run(backend, 'ReluGrad', [dy, z()]);
    default:
      return activationGradient(dy, z(), activation);
  }
}

function run(backend: TensorflowBackend, name: string, operands: tf.Tensor[]): tf.Tensor {
  return backend.executeSingleOutput(name, [floatType(backend.binding)], operands);
}
