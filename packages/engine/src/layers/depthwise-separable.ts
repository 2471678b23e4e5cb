import { type SeparableLayer, seWidth } from '@blockwise/dna';
import type * as tf from '@tensorflow/tfjs-core';
import { BatchNorm } from './batch-norm.ts';
import { depthwise } from './depthwise.ts';
import type { ForwardMode } from './forward-mode.ts';
import type { Initialiser } from './initialise.ts';
import type { LayerModule } from './module.ts';
import type { Parameter } from './parameter-store.ts';
import { pointwise } from './pointwise.ts';
import { SqueezeExcite } from './squeeze-excite.ts';

/**
 * Depth-wise convolution → BN → swish → squeeze-excite → 1×1 projection → BN, without a residual:
 * the stem's second layer (DNA's released supernet; EfficientNet's first stage).
 */
export class DepthwiseSeparable implements LayerModule {
  readonly outChannels: number;
  readonly weights: readonly Parameter[];
  readonly #stride: number;
  readonly #kernel: Parameter;
  readonly #norm1: BatchNorm;
  readonly #gate: SqueezeExcite | null;
  readonly #project: Parameter;
  readonly #norm2: BatchNorm;

  constructor(initialiser: Initialiser, name: string, layer: SeparableLayer, inChannels: number) {
    const { kernel, channels, se, stride } = layer;
    const reduced = se === 0 ? 0 : seWidth(se, inChannels);
    this.outChannels = channels;
    this.#stride = stride;
    this.#kernel = initialiser.kernel(`${name}.conv_dw.weight`, [kernel, kernel, inChannels, 1]);
    this.#norm1 = new BatchNorm(initialiser, `${name}.bn1`, inChannels, 'swish');
    this.#gate =
      reduced === 0 ? null : new SqueezeExcite(initialiser, `${name}.se`, inChannels, reduced);
    this.#project = initialiser.kernel(`${name}.conv_pw.weight`, [1, 1, inChannels, channels]);
    this.#norm2 = new BatchNorm(initialiser, `${name}.bn2`, channels, 'none');
    this.weights = [
      this.#kernel,
      ...this.#norm1.weights,
      ...(this.#gate?.weights ?? []),
      this.#project,
      ...this.#norm2.weights,
    ];
  }

  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor4D {
    const filtered = depthwise(x, this.#kernel.value, this.#stride);
    const hidden = this.#norm1.forward(filtered, mode);
    const gated = this.#gate === null ? hidden : this.#gate.forward(hidden);
    return this.#norm2.forward(pointwise(gated, this.#project.value), mode);
  }
}
