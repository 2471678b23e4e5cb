import { type BottleneckLayer, hiddenWidth } from '@blockwise/dna';
import type * as tf from '@tensorflow/tfjs-core';
import { activate } from '../ops/activation.ts';
import { Conv } from './conv.ts';
import type { ForwardMode } from './forward-mode.ts';
import type { LayerModule } from './module.ts';
import type { Parameter } from './parameter-store.ts';
import type { LayerPlace } from './place.ts';
import { addResidual } from './residual.ts';

/**
 * ResNet's bottleneck with the stride on its k×k convolution (ResNet v1.5, as timm): 1×1 → BN →
 * activation → k×k → BN → activation → 1×1 → BN, plus the input, then the activation. Where the
 * shape changes, the input goes through a strided 1×1 convolution and BN.
 */
export class Bottleneck implements LayerModule {
  readonly outChannels: number;
  readonly weights: readonly Parameter[];
  readonly #place: LayerPlace;
  readonly #layer: BottleneckLayer;
  readonly #branch: readonly Conv[];
  readonly #shortcut: Conv | null;

  constructor(place: LayerPlace, layer: BottleneckLayer) {
    const { kernel, channels, stride, activation } = layer;
    const { name, inChannels } = place;
    const hidden = hiddenWidth(layer, inChannels);
    const reshaped = stride !== 1 || inChannels !== channels;
    const inside = { ...place, inChannels: hidden };
    const names = (index: number) => ({ conv: `${name}.conv${index}`, norm: `${name}.bn${index}` });
    const sides = { conv: `${name}.downsample.0`, norm: `${name}.downsample.1` };
    const linear = { kernel: 1, channels, activation: 'none' } as const;
    this.outChannels = channels;
    this.#place = place;
    this.#layer = layer;
    this.#branch = [
      new Conv(place, { kernel: 1, stride: 1, channels: hidden, activation }, names(1)),
      new Conv(inside, { kernel, stride, channels: hidden, activation }, names(2)),
      new Conv(inside, { ...linear, stride: 1 }, names(3)),
    ];
    this.#shortcut = reshaped ? new Conv(place, { ...linear, stride }, sides) : null;
    this.weights = [...this.#branch, this.#shortcut].flatMap((conv) => conv?.weights ?? []);
  }

  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor4D {
    const branch = this.#branch.reduce((features, conv) => conv.forward(features, mode), x);
    const input = this.#shortcut === null ? x : this.#shortcut.forward(x, mode);
    return activate(addResidual(branch, input, this.#place.depth, mode), this.#layer.activation);
  }
}
