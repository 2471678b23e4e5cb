import type { SeparableLayer } from '@blockwise/dna';
import type * as tf from '@tensorflow/tfjs-core';
import { BatchNorm } from './batch-norm.ts';
import { depthwise, type Sliding } from './convolution.ts';
import { excitedProjection } from './excited-projection.ts';
import type { ForwardMode } from './forward-mode.ts';
import type { LayerModule } from './module.ts';
import type { Parameter } from './parameter-store.ts';
import type { LayerPlace } from './place.ts';
import { addResidual } from './residual.ts';
import { buildSqueeze, type SqueezeExcite } from './squeeze-excite.ts';

/**
 * Depth-wise convolution → BN → activation → squeeze-excite → 1×1 projection → BN, linear:
 * EfficientNet's and MobileNetV3's first stage. The input is added when it has the output's shape.
 */
export class DepthwiseSeparable implements LayerModule {
  readonly outChannels: number;
  readonly weights: readonly Parameter[];
  readonly #place: LayerPlace;
  readonly #sliding: Sliding;
  readonly #residual: boolean;
  readonly #kernel: Parameter;
  readonly #norm1: BatchNorm;
  readonly #gate: SqueezeExcite | null;
  readonly #project: Parameter;
  readonly #norm2: BatchNorm;

  constructor(place: LayerPlace, layer: SeparableLayer) {
    const { kernel, channels, squeeze, stride, activation } = layer;
    const { initialiser, name, inChannels, frame } = place;
    this.outChannels = channels;
    this.#place = place;
    this.#sliding = { stride, frame };
    this.#residual = stride === 1 && inChannels === channels;
    this.#kernel = initialiser.depthwise(`${name}.conv_dw.weight`, kernel, inChannels);
    this.#norm1 = new BatchNorm(place, `${name}.bn1`, inChannels, activation);
    this.#gate = buildSqueeze(place, squeeze, inChannels);
    this.#project = initialiser.kernel(`${name}.conv_pw.weight`, [1, 1, inChannels, channels]);
    this.#norm2 = new BatchNorm(place, `${name}.bn2`, channels, 'none');
    this.weights = [
      this.#kernel,
      ...this.#norm1.weights,
      ...(this.#gate?.weights ?? []),
      this.#project,
      ...this.#norm2.weights,
    ];
  }

  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor4D {
    const filtered = depthwise(x, this.#kernel.value, this.#sliding);
    const parts = { norm: this.#norm1, gate: this.#gate, project: this.#project };
    const projected = this.#norm2.forward(excitedProjection(filtered, parts, mode), mode);
    return this.#residual ? addResidual(projected, x, this.#place.depth, mode) : projected;
  }
}
