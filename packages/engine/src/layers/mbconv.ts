import { type InvertedResidualLayer, seWidth } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { BatchNorm } from './batch-norm.ts';
import { depthwise } from './depthwise.ts';
import type { ForwardMode } from './forward-mode.ts';
import type { Initialiser } from './initialise.ts';
import type { LayerModule } from './module.ts';
import type { Parameter } from './parameter-store.ts';
import { pointwise } from './pointwise.ts';
import { SqueezeExcite } from './squeeze-excite.ts';

/**
 * MobileNetV2's inverted residual with squeeze-excite (DNA's candidate op): 1×1 expansion → BN →
 * swish → depth-wise k×k → BN → swish → squeeze-excite → 1×1 projection → BN, linear. The input is
 * added when it has the output's shape. Convolutions have no bias, except the squeeze-excite's.
 */
export class MBConv implements LayerModule {
  readonly outChannels: number;
  readonly weights: readonly Parameter[];
  readonly #stride: number;
  readonly #residual: boolean;
  readonly #expand: Parameter;
  readonly #norm1: BatchNorm;
  readonly #kernel: Parameter;
  readonly #norm2: BatchNorm;
  readonly #gate: SqueezeExcite | null;
  readonly #project: Parameter;
  readonly #norm3: BatchNorm;

  constructor(
    initialiser: Initialiser,
    name: string,
    layer: InvertedResidualLayer,
    inChannels: number,
  ) {
    const { kernel, channels, expansion, se, stride } = layer;
    const hidden = inChannels * expansion;
    const reduced = se === 0 ? 0 : seWidth(se, inChannels);
    this.outChannels = channels;
    this.#stride = stride;
    this.#residual = stride === 1 && inChannels === channels;
    this.#expand = initialiser.kernel(`${name}.conv_pw.weight`, [1, 1, inChannels, hidden]);
    this.#norm1 = new BatchNorm(initialiser, `${name}.bn1`, hidden, 'swish');
    this.#kernel = initialiser.kernel(`${name}.conv_dw.weight`, [kernel, kernel, hidden, 1]);
    this.#norm2 = new BatchNorm(initialiser, `${name}.bn2`, hidden, 'swish');
    this.#gate =
      reduced === 0 ? null : new SqueezeExcite(initialiser, `${name}.se`, hidden, reduced);
    this.#project = initialiser.kernel(`${name}.conv_pwl.weight`, [1, 1, hidden, channels]);
    this.#norm3 = new BatchNorm(initialiser, `${name}.bn3`, channels, 'none');
    this.weights = [
      this.#expand,
      ...this.#norm1.weights,
      this.#kernel,
      ...this.#norm2.weights,
      ...(this.#gate?.weights ?? []),
      this.#project,
      ...this.#norm3.weights,
    ];
  }

  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor4D {
    const expanded = this.#norm1.forward(pointwise(x, this.#expand.value), mode);
    const filtered = depthwise(expanded, this.#kernel.value, this.#stride);
    const hidden = this.#norm2.forward(filtered, mode);
    const gated = this.#gate === null ? hidden : this.#gate.forward(hidden);
    const projected = this.#norm3.forward(pointwise(gated, this.#project.value), mode);
    return this.#residual ? tf.add(projected, x) : projected;
  }
}
