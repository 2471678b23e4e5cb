import { hiddenWidth, type InvertedResidualLayer } from '@blockwise/dna';
import type * as tf from '@tensorflow/tfjs-core';
import { pointwise } from '../ops/pointwise.ts';
import { BatchNorm } from './batch-norm.ts';
import type { Sliding } from './convolution.ts';
import { excitedProjection } from './excited-projection.ts';
import type { ForwardMode } from './forward-mode.ts';
import type { LayerModule } from './module.ts';
import type { Parameter } from './parameter-store.ts';
import type { LayerPlace } from './place.ts';
import { addResidual } from './residual.ts';
import { buildSqueeze, type SqueezeExcite } from './squeeze-excite.ts';

/**
 * MobileNetV2's inverted residual with squeeze-excite (DNA's candidate op): 1×1 expansion → BN →
 * activation → depth-wise k×k → BN → activation → squeeze-excite → 1×1 projection → BN, linear. The
 * input is added when it has the output's shape. Convolutions have no bias, except the
 * squeeze-excite's.
 */
export class MBConv implements LayerModule {
  readonly outChannels: number;
  readonly weights: readonly Parameter[];
  readonly #place: LayerPlace;
  readonly #sliding: Sliding;
  readonly #residual: boolean;
  readonly #expand: Parameter;
  readonly #norm1: BatchNorm;
  readonly #kernel: Parameter;
  readonly #norm2: BatchNorm;
  readonly #gate: SqueezeExcite | null;
  readonly #project: Parameter;
  readonly #norm3: BatchNorm;

  constructor(place: LayerPlace, layer: InvertedResidualLayer) {
    const { kernel, channels, squeeze, stride, activation } = layer;
    const { initialiser, name, inChannels, frame } = place;
    const hidden = hiddenWidth(layer, inChannels);
    this.outChannels = channels;
    this.#place = place;
    this.#sliding = { stride, frame };
    this.#residual = stride === 1 && inChannels === channels;
    this.#expand = initialiser.kernel(`${name}.conv_pw.weight`, [1, 1, inChannels, hidden]);
    this.#norm1 = new BatchNorm(place, `${name}.bn1`, hidden, activation);
    this.#kernel = initialiser.depthwise(`${name}.conv_dw.weight`, kernel, hidden);
    this.#norm2 = new BatchNorm(place, `${name}.bn2`, hidden, activation);
    this.#gate = buildSqueeze(place, squeeze, hidden);
    this.#project = initialiser.kernel(`${name}.conv_pwl.weight`, [1, 1, hidden, channels]);
    this.#norm3 = new BatchNorm(place, `${name}.bn3`, channels, 'none');
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
    const expanded = pointwise(x, this.#expand.value);
    const { value: kernel } = this.#kernel;
    const filtered = this.#norm1.forwardDepthwise(expanded, kernel, this.#sliding, mode);
    const parts = { norm: this.#norm2, gate: this.#gate, project: this.#project };
    const projected = this.#norm3.forward(excitedProjection(filtered, parts, mode), mode);
    return this.#residual ? addResidual(projected, x, this.#place.depth, mode) : projected;
  }
}
