import * as tf from '@tensorflow/tfjs-core';
import { spatialMean } from '../ops/spatial-mean.ts';
import { BatchNorm } from './batch-norm.ts';
import type { ForwardMode } from './forward-mode.ts';
import type { Initialiser } from './initialise.ts';
import type { Parameter } from './parameter-store.ts';
import { pointwise } from './pointwise.ts';

/** 1×1 convolution → BN → swish → spatial mean → dropout in training → linear classifier. */
export class Head {
  readonly weights: readonly Parameter[];
  readonly #kernel: Parameter;
  readonly #norm: BatchNorm;
  readonly #classifierWeight: Parameter;
  readonly #classifierBias: Parameter;

  constructor(initialiser: Initialiser, inChannels: number, channels: number, classes: number) {
    this.#kernel = initialiser.kernel('conv_head.weight', [1, 1, inChannels, channels]);
    this.#norm = new BatchNorm(initialiser, 'bn2', channels, 'swish');
    this.#classifierWeight = initialiser.matrix('classifier.weight', channels, classes);
    this.#classifierBias = initialiser.vector('classifier.bias', classes, 0);
    this.weights = [
      this.#kernel,
      ...this.#norm.weights,
      this.#classifierWeight,
      this.#classifierBias,
    ];
  }

  /** `x` [batch, height, width, in] → logits [batch, classes]. */
  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor2D {
    const pooled = spatialMean(this.#norm.forward(pointwise(x, this.#kernel.value), mode));
    const mask = mode.kind === 'train' ? mode.dropoutMask : undefined;
    const kept = mask === undefined ? pooled : (tf.mul(pooled, mask) as tf.Tensor2D);
    const weight = this.#classifierWeight.value as unknown as tf.Tensor2D;
    return tf.add(tf.matMul(kept, weight), this.#classifierBias.value);
  }
}
