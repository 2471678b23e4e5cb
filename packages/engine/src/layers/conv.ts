import type * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../ops/kernel.ts';
import { BatchNorm } from './batch-norm.ts';
import { convolve, type Sliding } from './convolution.ts';
import type { ForwardMode } from './forward-mode.ts';
import type { LayerModule } from './module.ts';
import type { Parameter } from './parameter-store.ts';
import type { LayerPlace } from './place.ts';

/** What a convolution's parameters are called, and those of the normalisation after it. */
export interface ConvNames {
  readonly conv: string;
  readonly norm: string;
}

interface ConvSpec {
  readonly kernel: number;
  readonly stride: 1 | 2;
  readonly channels: number;
  readonly activation: Activation;
}

/** k×k convolution without bias, batch normalisation, activation. */
export class Conv implements LayerModule {
  readonly outChannels: number;
  readonly weights: readonly Parameter[];
  readonly #sliding: Sliding;
  readonly #kernel: Parameter;
  readonly #norm: BatchNorm;

  constructor(place: Omit<LayerPlace, 'name' | 'depth'>, spec: ConvSpec, names: ConvNames) {
    const { kernel, channels, stride, activation } = spec;
    const { initialiser, inChannels, frame } = place;
    const shape = [kernel, kernel, inChannels, channels] as const;
    this.outChannels = channels;
    this.#sliding = { stride, frame };
    this.#kernel = initialiser.kernel(`${names.conv}.weight`, shape);
    this.#norm = new BatchNorm(place, names.norm, channels, activation);
    this.weights = [this.#kernel, ...this.#norm.weights];
  }

  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor4D {
    return this.#norm.forward(convolve(x, this.#kernel.value, this.#sliding), mode);
  }
}
