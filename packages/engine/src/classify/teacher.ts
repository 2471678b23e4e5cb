import { type Network, networkCost, networkCuts } from '@blockwise/dna';
import type * as tf from '@tensorflow/tfjs-core';
import type { NamedArrays } from '../artifacts/named-arrays.ts';
import { isOfHead } from '../layers/names.ts';
import { NetworkModel } from '../network.ts';
import type { FeatureShape } from '../supernet.ts';
import { TensorTeacher } from '../teachers/tensor-teacher.ts';

export interface TeacherOptions {
  readonly network: Network;
  readonly classes: number;
  /** Side of the square images, pixels. */
  readonly imageSize: number;
  /** 3 unless told. */
  readonly imageChannels?: number;
  readonly weights: NamedArrays;
}

/** A teacher in the grammar. It works with its running statistics. */
export class Teacher extends TensorTeacher {
  readonly network: Network;
  readonly cuts: readonly FeatureShape[];
  readonly classes: number;
  readonly image: FeatureShape;
  protected readonly largestTensorBytes: number;
  readonly #model: NetworkModel;

  private constructor(model: NetworkModel, options: TeacherOptions) {
    super();
    const { network, classes, imageSize, imageChannels = 3 } = options;
    const { layers } = networkCost(network, { inputSize: imageSize, classes });
    this.network = network;
    this.classes = classes;
    this.image = { size: imageSize, channels: imageChannels };
    this.cuts = networkCuts(network, imageSize);
    this.largestTensorBytes = Math.max(...layers.map(({ activationBytes }) => activationBytes));
    this.#model = model;
  }

  /** @throws DomainError BAD_INPUT that lists missing and misshapen weights. */
  static fromWeights(options: TeacherOptions): Teacher {
    const { network, classes, imageChannels = 3, weights } = options;
    const model = new NetworkModel({ network, classes, imageChannels, seed: 0, weights });
    return new Teacher(model, options);
  }

  featuresTensor(x: tf.Tensor4D, cuts: readonly number[]): tf.Tensor4D[] {
    const all = this.#model.features(x, Math.max(0, ...cuts), { kind: 'eval' });
    const wanted = cuts.map((cut) => all[cut] as tf.Tensor4D);
    for (const tensor of all) if (!wanted.includes(tensor)) tensor.dispose();
    return wanted;
  }

  logitsTensor(x: tf.Tensor4D): tf.Tensor2D {
    return this.#model.forward(x, { kind: 'eval' });
  }

  logitsFromTensor(cut: number, features: tf.Tensor4D): tf.Tensor2D {
    return this.#model.forwardFrom(cut, features, { kind: 'eval' });
  }

  /** Weights and running statistics of its head, by name. */
  async headWeights(): Promise<NamedArrays> {
    return await this.#model.store.read(({ name }) => isOfHead(this.network, name));
  }

  dispose(): void {
    this.#model.dispose();
  }
}
