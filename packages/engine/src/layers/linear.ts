import * as tf from '@tensorflow/tfjs-core';
import type { Parameter } from './parameter-store.ts';

/** `x` [batch, in] · `weight` [1, 1, in, out] or [in, out] + `bias` [out] → [batch, out]. */
export function linear(x: tf.Tensor2D, weight: Parameter, bias: Parameter): tf.Tensor2D {
  const [inputs, outputs] = weight.shape.slice(-2) as [number, number];
  return tf.add(tf.matMul(x, tf.reshape(weight.value, [inputs, outputs])), bias.value);
}
