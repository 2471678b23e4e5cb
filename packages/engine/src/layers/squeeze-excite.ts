import { type Squeeze, squeezeWidth } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { activate, hardSigmoid } from '../ops/activation.ts';
import { linear } from './linear.ts';
import type { Parameter } from './parameter-store.ts';
import type { LayerPlace } from './place.ts';

/**
 * Squeeze and excitation: spatial mean → 1×1 convolution with bias → activation → 1×1 convolution
 * with bias → gate per channel. EfficientNet's (of the `input`) has swish and a sigmoid,
 * MobileNetV3's (of the `hidden` width) ReLU and a hard sigmoid, whatever the layer around it has.
 */
export class SqueezeExcite {
  readonly weights: readonly Parameter[];
  readonly #of: Squeeze['of'];
  readonly #reduceWeight: Parameter;
  readonly #reduceBias: Parameter;
  readonly #expandWeight: Parameter;
  readonly #expandBias: Parameter;

  constructor(
    { initialiser, name }: LayerPlace,
    of: Squeeze['of'],
    channels: number,
    reduced: number,
  ) {
    const [reduce, expand] = [`${name}.se.conv_reduce`, `${name}.se.conv_expand`];
    this.#of = of;
    this.#reduceWeight = initialiser.kernel(`${reduce}.weight`, [1, 1, channels, reduced]);
    this.#reduceBias = initialiser.vector(`${reduce}.bias`, reduced, 0);
    this.#expandWeight = initialiser.kernel(`${expand}.weight`, [1, 1, reduced, channels]);
    this.#expandBias = initialiser.vector(`${expand}.bias`, channels, 0);
    this.weights = [this.#reduceWeight, this.#reduceBias, this.#expandWeight, this.#expandBias];
  }

  /** The spatial mean of the features → their gate, both [batch, channels]. */
  gate(pooled: tf.Tensor2D): tf.Tensor2D {
    const reduced = linear(pooled, this.#reduceWeight, this.#reduceBias);
    const squeezed = activate(reduced, this.#of === 'input' ? 'swish' : 'relu');
    const expanded = linear(squeezed, this.#expandWeight, this.#expandBias);
    return this.#of === 'input' ? tf.sigmoid(expanded) : hardSigmoid(expanded);
  }
}

/** The gate of a layer's `hidden` channels, or null where its ratio is 0. */
export function buildSqueeze(
  place: LayerPlace,
  squeeze: Squeeze,
  hidden: number,
): SqueezeExcite | null {
  const reduced = squeezeWidth(squeeze, place.inChannels, hidden);
  return reduced === 0 ? null : new SqueezeExcite(place, squeeze.of, hidden, reduced);
}
