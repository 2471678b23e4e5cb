import type { Frame, Head as HeadSpec } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { activate } from '../ops/activation.ts';
import { spatialMean } from '../ops/spatial-mean.ts';
import { Conv, type ConvNames } from './conv.ts';
import type { ForwardMode } from './forward-mode.ts';
import type { Initialiser } from './initialise.ts';
import { linear } from './linear.ts';
import type { Parameter } from './parameter-store.ts';

/** What the parameters of a head are called. */
export interface HeadNames {
  readonly conv: ConvNames;
  readonly hidden: string;
  readonly classifier: string;
}

export interface HeadOptions {
  readonly initialiser: Initialiser;
  readonly frame: Frame;
  readonly names: HeadNames;
  readonly inChannels: number;
  readonly classes: number;
}

/** A linear layer's weight and bias. */
interface Linear {
  readonly weight: Parameter;
  readonly bias: Parameter;
}

/**
 * 1×1 convolution → BN → activation, where there is one → spatial mean → linear layer → activation,
 * where there is one → dropout in training → linear classifier.
 */
export class Head {
  readonly weights: readonly Parameter[];
  /** Width of what enters the classifier: dropout's. */
  readonly features: number;
  readonly #spec: HeadSpec;
  readonly #conv: Conv | null;
  readonly #hidden: Linear | null;
  readonly #classifier: Linear;

  constructor(spec: HeadSpec, { initialiser, frame, names, inChannels, classes }: HeadOptions) {
    const { channels, hidden, activation } = spec;
    const place = { initialiser, frame, inChannels };
    this.#spec = spec;
    this.#conv =
      channels === 0
        ? null
        : new Conv(place, { kernel: 1, stride: 1, channels, activation }, names.conv);
    const pooled = this.#conv?.outChannels ?? inChannels;
    this.#hidden =
      hidden === 0
        ? null
        : {
            weight: initialiser.kernel(`${names.hidden}.weight`, [1, 1, pooled, hidden]),
            bias: initialiser.vector(`${names.hidden}.bias`, hidden, 0),
          };
    this.features = hidden === 0 ? pooled : hidden;
    this.#classifier = {
      weight: initialiser.matrix(`${names.classifier}.weight`, this.features, classes),
      bias: initialiser.vector(`${names.classifier}.bias`, classes, 0),
    };
    const linears = [this.#hidden, this.#classifier];
    this.weights = [
      ...(this.#conv?.weights ?? []),
      ...linears.flatMap((part) => (part === null ? [] : [part.weight, part.bias])),
    ];
  }

  /** `x` [batch, height, width, in] → logits [batch, classes]. */
  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor2D {
    const pooled = spatialMean(this.#conv === null ? x : this.#conv.forward(x, mode));
    const features = this.#hide(pooled);
    const mask = mode.kind === 'train' ? mode.dropoutMask : undefined;
    const kept = mask === undefined ? features : tf.mul(features, mask);
    return linear(kept as tf.Tensor2D, this.#classifier.weight, this.#classifier.bias);
  }

  #hide(pooled: tf.Tensor2D): tf.Tensor2D {
    if (this.#hidden === null) return pooled;
    const { weight, bias } = this.#hidden;
    return activate(linear(pooled, weight, bias), this.#spec.activation);
  }
}
