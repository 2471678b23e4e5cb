import type { PoolLayer } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerModule } from './module.ts';
import { paddingOf } from './padding.ts';
import type { LayerPlace } from './place.ts';

/** The largest value of each k×k window; what lies outside of the map takes no part. */
export class MaxPool implements LayerModule {
  readonly outChannels: number;
  readonly weights = [];
  readonly #layer: PoolLayer;
  readonly #padding: 'same' | number;

  constructor({ inChannels, frame }: LayerPlace, layer: PoolLayer) {
    this.outChannels = inChannels;
    this.#layer = layer;
    this.#padding = paddingOf(layer.kernel, frame);
  }

  forward(x: tf.Tensor4D): tf.Tensor4D {
    const { kernel, stride } = this.#layer;
    if (kernel > 1) return tf.maxPool(x, kernel, stride, this.#padding);
    // tfjs's wasm back end writes nothing for a 1×1 window: every stride-th pixel, by convolution.
    return tf.depthwiseConv2d(x, tf.ones([1, 1, this.outChannels, 1]), stride, 'valid');
  }
}
