import type { Network } from '@blockwise/dna';
import type * as tf from '@tensorflow/tfjs-core';
import { buildLayer, buildStem } from './layers/build.ts';
import type { ForwardMode } from './layers/forward-mode.ts';
import { Head } from './layers/head.ts';
import { Initialiser } from './layers/initialise.ts';
import type { LayerModule } from './layers/module.ts';
import { type Parameter, ParameterStore } from './layers/parameter-store.ts';

interface NetworkOptions {
  readonly network: Network;
  readonly classes: number;
  readonly seed: number | string;
  /** Channels of the image; 3 unless told. */
  readonly imageChannels?: number;
}

/**
 * A whole network of the grammar with its parameters, named as timm names an EfficientNet's:
 * `conv_stem`, `bn1`, `blocks.S.L.…` (stage 0 holds the stem's layers after its first
 * convolution, when there are any), `conv_head`, `bn2`, `classifier`.
 */
export class NetworkModel {
  readonly store = new ParameterStore();
  readonly #stem: readonly LayerModule[];
  readonly #blocks: readonly (readonly LayerModule[])[];
  readonly #head: Head;

  constructor({ network, classes, seed, imageChannels = 3 }: NetworkOptions) {
    const initialiser = new Initialiser(this.store, seed);
    this.#stem = buildStem(initialiser, network.stem, imageChannels);
    let channels = this.#stem.at(-1)?.outChannels ?? imageChannels;
    const firstStage = network.stem.length > 1 ? 1 : 0;
    this.#blocks = network.blocks.map((layers, block) =>
      layers.map((layer, index) => {
        const name = `blocks.${firstStage + block}.${index}`;
        const module = buildLayer(initialiser, name, layer, channels);
        channels = module.outChannels;
        return module;
      }),
    );
    this.#head = new Head(initialiser, channels, network.head.channels, classes);
  }

  /** The trained parameters, in the order of use. */
  get weights(): Parameter[] {
    const layers = [...this.#stem, ...this.#blocks.flat()];
    return [...layers.flatMap((layer) => layer.weights), ...this.#head.weights];
  }

  /** `x` [batch, height, width, image channels] → logits [batch, classes]. */
  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor2D {
    const features = this.features(x, this.#blocks.length, mode);
    return this.#head.forward(features[this.#blocks.length] as tf.Tensor4D, mode);
  }

  /**
   * The feature maps at the cut points 0 to `lastCut`: cut 0 is the stem's output, cut i the output
   * of block i (the first block is 1). [batch, height, width, channels] each.
   */
  features(x: tf.Tensor4D, lastCut: number, mode: ForwardMode): tf.Tensor4D[] {
    if (!Number.isInteger(lastCut) || lastCut < 0 || lastCut > this.#blocks.length) {
      throw new Error(`The network has cut points 0 to ${this.#blocks.length}, not ${lastCut}.`);
    }
    const cuts: tf.Tensor4D[] = [];
    let features = runLayers(this.#stem, x, mode);
    cuts.push(features);
    for (const block of this.#blocks.slice(0, lastCut)) {
      features = runLayers(block, features, mode);
      cuts.push(features);
    }
    return cuts;
  }

  dispose(): void {
    this.store.dispose();
  }
}

/** One layer after the other. */
export function runLayers(
  layers: readonly LayerModule[],
  x: tf.Tensor4D,
  mode: ForwardMode,
): tf.Tensor4D {
  return layers.reduce((features, layer) => layer.forward(features, mode), x);
}
