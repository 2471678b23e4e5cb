import { type FusedLayer, hiddenWidth } from '@blockwise/dna';
import type * as tf from '@tensorflow/tfjs-core';
import { BatchNorm } from './batch-norm.ts';
import { convolve, type Sliding } from './convolution.ts';
import { excitedProjection } from './excited-projection.ts';
import type { ForwardMode } from './forward-mode.ts';
import type { LayerModule } from './module.ts';
import type { Parameter } from './parameter-store.ts';
import type { LayerPlace } from './place.ts';
import { addResidual } from './residual.ts';
import { buildSqueeze, type SqueezeExcite } from './squeeze-excite.ts';

/**
 * Fused MBConv (EfficientNet-EdgeTPU; timm's EdgeResidual): dense k×k expansion → BN → activation →
 * squeeze-excite → 1×1 projection → BN, linear. The input is added when it has the output's shape.
 */
export class FusedMBConv implements LayerModule {
  readonly outChannels: number;
  readonly weights: readonly Parameter[];
  readonly #place: LayerPlace;
  readonly #sliding: Sliding;
  readonly #residual: boolean;
  readonly #expand: Parameter;
  readonly #norm1: BatchNorm;
  readonly #gate: SqueezeExcite | null;
  readonly #project: Parameter;
  readonly #norm2: BatchNorm;

  constructor(place: LayerPlace, layer: FusedLayer) {
    const { kernel, channels, squeeze, stride, activation } = layer;
    const { initialiser, name, inChannels, frame } = place;
    const hidden = hiddenWidth(layer, inChannels);
    const shape = [kernel, kernel, inChannels, hidden] as const;
    this.outChannels = channels;
    this.#place = place;
    this.#sliding = { stride, frame };
    this.#residual = stride === 1 && inChannels === channels;
    this.#expand = initialiser.kernel(`${name}.conv_exp.weight`, shape);
    this.#norm1 = new BatchNorm(place, `${name}.bn1`, hidden, activation);
    this.#gate = buildSqueeze(place, squeeze, hidden);
    this.#project = initialiser.kernel(`${name}.conv_pwl.weight`, [1, 1, hidden, channels]);
    this.#norm2 = new BatchNorm(place, `${name}.bn2`, channels, 'none');
    this.weights = [
      this.#expand,
      ...this.#norm1.weights,
      ...(this.#gate?.weights ?? []),
      this.#project,
      ...this.#norm2.weights,
    ];
  }

  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor4D {
    const expanded = convolve(x, this.#expand.value, this.#sliding);
    const parts = { norm: this.#norm1, gate: this.#gate, project: this.#project };
    const projected = this.#norm2.forward(excitedProjection(expanded, parts, mode), mode);
    return this.#residual ? addResidual(projected, x, this.#place.depth, mode) : projected;
  }
}
