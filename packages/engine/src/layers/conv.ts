import type { ConvLayer } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { BatchNorm } from './batch-norm.ts';
import type { ForwardMode } from './forward-mode.ts';
import type { Initialiser } from './initialise.ts';
import type { LayerModule } from './module.ts';
import type { Parameter } from './parameter-store.ts';

/** Where a convolution's parameters are named: timm names a network's first one differently. */
interface ConvNames {
  readonly conv: string;
  readonly norm: string;
}

/** k×k convolution without bias, batch normalisation, swish. */
export class Conv implements LayerModule {
  readonly outChannels: number;
  readonly weights: readonly Parameter[];
  readonly #layer: ConvLayer;
  readonly #kernel: Parameter;
  readonly #norm: BatchNorm;

  constructor(initialiser: Initialiser, names: ConvNames, layer: ConvLayer, inChannels: number) {
    const { kernel, channels } = layer;
    this.outChannels = channels;
    this.#layer = layer;
    this.#kernel = initialiser.kernel(`${names.conv}.weight`, [
      kernel,
      kernel,
      inChannels,
      channels,
    ]);
    this.#norm = new BatchNorm(initialiser, names.norm, channels, 'swish');
    this.weights = [this.#kernel, ...this.#norm.weights];
  }

  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor4D {
    const { kernel, stride } = this.#layer;
    const filter = this.#kernel.value as unknown as tf.Tensor4D;
    return this.#norm.forward(tf.conv2d(x, filter, stride, (kernel - 1) / 2), mode);
  }
}
