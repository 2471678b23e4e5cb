import * as tf from '@tensorflow/tfjs-core';
import { channelGate } from '../ops/channel-gate.ts';
import { spatialMean } from '../ops/spatial-mean.ts';
import type { Initialiser } from './initialise.ts';
import type { Parameter } from './parameter-store.ts';

/**
 * Squeeze and excitation: spatial mean → 1×1 convolution with bias → swish → 1×1 convolution with
 * bias → sigmoid → gate per channel. The reduced width comes from the channels that enter the whole
 * block, before expansion.
 */
export class SqueezeExcite {
  readonly weights: readonly Parameter[];
  readonly #reduceWeight: Parameter;
  readonly #reduceBias: Parameter;
  readonly #expandWeight: Parameter;
  readonly #expandBias: Parameter;

  constructor(initialiser: Initialiser, name: string, channels: number, reduced: number) {
    this.#reduceWeight = initialiser.kernel(`${name}.conv_reduce.weight`, [
      1,
      1,
      channels,
      reduced,
    ]);
    this.#reduceBias = initialiser.vector(`${name}.conv_reduce.bias`, reduced, 0);
    this.#expandWeight = initialiser.kernel(`${name}.conv_expand.weight`, [
      1,
      1,
      reduced,
      channels,
    ]);
    this.#expandBias = initialiser.vector(`${name}.conv_expand.bias`, channels, 0);
    this.weights = [this.#reduceWeight, this.#reduceBias, this.#expandWeight, this.#expandBias];
  }

  /** `x` [batch, height, width, channels] → the same shape. */
  forward(x: tf.Tensor4D): tf.Tensor4D {
    const squeezed = spatialMean(x);
    const hidden = linear(squeezed, this.#reduceWeight, this.#reduceBias);
    const swish = tf.mul(hidden, tf.sigmoid(hidden)) as tf.Tensor2D;
    return channelGate(x, tf.sigmoid(linear(swish, this.#expandWeight, this.#expandBias)));
  }
}

// [batch, in] · [1, 1, in, out] + [out]
function linear(x: tf.Tensor2D, weight: Parameter, bias: Parameter): tf.Tensor2D {
  const [, , inputs, outputs] = weight.value.shape as [number, number, number, number];
  return tf.add(tf.matMul(x, tf.reshape(weight.value, [inputs, outputs])), bias.value);
}
