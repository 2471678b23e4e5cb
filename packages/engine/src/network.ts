import type { Network } from '@blockwise/dna';
import type * as tf from '@tensorflow/tfjs-core';
import type { NamedArrays } from './artifacts/named-arrays.ts';
import { buildNetwork, type NetworkModules } from './layers/build.ts';
import type { ForwardMode } from './layers/forward-mode.ts';
import { Initialiser } from './layers/initialise.ts';
import { ParameterList } from './layers/parameter-list.ts';
import {
  checkFilled,
  type Parameter,
  type ParameterSpec,
  ParameterStore,
} from './layers/parameter-store.ts';
import { runLayers } from './layers/run-layers.ts';

interface NetworkOptions {
  readonly network: Network;
  readonly classes: number;
  /** Decides the initial weights; without effect where `weights` are given. */
  readonly seed: number | string;
  /** Channels of the image; 3 unless told. */
  readonly imageChannels?: number;
  /** Weights and running statistics to start with, by name. */
  readonly weights?: NamedArrays;
}

/** A whole network of the grammar with its parameters, named as timm names them. */
export class NetworkModel {
  readonly store: ParameterStore;
  readonly #modules: NetworkModules;

  /** @throws DomainError BAD_INPUT that lists what `weights` lack or have in another shape. */
  constructor({ network, classes, seed, imageChannels = 3, weights }: NetworkOptions) {
    // Before anything is allocated.
    if (weights !== undefined) {
      checkFilled(networkParameters(network, classes, imageChannels), weights);
    }
    this.store = new ParameterStore(weights);
    const initialiser = new Initialiser(this.store, seed);
    this.#modules = buildNetwork(network, { initialiser, classes, imageChannels });
  }

  /** The trained parameters, in the order of use. */
  get weights(): Parameter[] {
    const { stem, blocks, head } = this.#modules;
    return [...stem, ...blocks.flat(), head].flatMap((part) => part.weights);
  }

  /** Width of what enters the classifier, where dropout applies. */
  get headFeatures(): number {
    return this.#modules.head.features;
  }

  /** `x` [batch, height, width, image channels] → logits [batch, classes]. */
  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor2D {
    const { stem, blocks, head } = this.#modules;
    return head.forward(runLayers([...stem, ...blocks.flat()], x, mode), mode);
  }

  /**
   * The feature maps at the cut points 0 to `lastCut`: cut 0 is the stem's output, cut i the output
   * of block i (the first block is 1). [batch, height, width, channels] each.
   */
  features(x: tf.Tensor4D, lastCut: number, mode: ForwardMode): tf.Tensor4D[] {
    const { stem, blocks } = this.#modules;
    this.#checkCut(lastCut);
    let features = runLayers(stem, x, mode);
    const cuts = [features];
    for (const block of blocks.slice(0, lastCut)) {
      features = runLayers(block, features, mode);
      cuts.push(features);
    }
    return cuts;
  }

  /** What {@link forward} makes of the feature map `x` at a cut point: logits [batch, classes]. */
  forwardFrom(cut: number, x: tf.Tensor4D, mode: ForwardMode): tf.Tensor2D {
    const { blocks, head } = this.#modules;
    this.#checkCut(cut);
    return head.forward(runLayers(blocks.slice(cut).flat(), x, mode), mode);
  }

  dispose(): void {
    this.store.dispose();
  }

  #checkCut(cut: number): void {
    const last = this.#modules.blocks.length;
    if (Number.isInteger(cut) && cut >= 0 && cut <= last) return;
    throw new Error(`The network has cut points 0 to ${last}, not ${cut}.`);
  }
}

/** Name, kind and shape of every parameter of a network, in the order of use; nothing is allocated. */
export function networkParameters(
  network: Network,
  classes: number,
  imageChannels = 3,
): ParameterSpec[] {
  const list = new ParameterList();
  buildNetwork(network, { initialiser: new Initialiser(list, 0), classes, imageChannels });
  return list.specs;
}

/** The initial values of a network's parameters that are `wanted`, without a network. */
export function initialArrays(
  { network, classes, seed, imageChannels = 3 }: Omit<NetworkOptions, 'weights'>,
  wanted: (spec: ParameterSpec) => boolean,
): NamedArrays {
  const list = new ParameterList(wanted);
  buildNetwork(network, { initialiser: new Initialiser(list, seed), classes, imageChannels });
  return list.initial;
}
