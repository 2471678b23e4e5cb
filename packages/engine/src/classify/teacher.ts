import type { Network } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArrays } from '../artifacts/named-arrays.ts';
import { featureTensor } from '../distil/feature-batch.ts';
import { NetworkModel } from '../network.ts';
import { countCorrect } from './accuracy.ts';
import type { LabelledBatch } from './classifier-training.ts';

export interface TeacherOptions {
  readonly network: Network;
  readonly classes: number;
  /** Side of the square images, pixels. */
  readonly imageSize: number;
  /** 3 unless told. */
  readonly imageChannels?: number;
  readonly weights: NamedArrays;
}

/** A trained network, frozen: the source of the features that the cells learn from. */
export class Teacher {
  readonly #model: NetworkModel;
  readonly #options: TeacherOptions;

  private constructor(model: NetworkModel, options: TeacherOptions) {
    this.#model = model;
    this.#options = options;
  }

  /** @throws DomainError BAD_INPUT that lists missing and misshapen weights. */
  static fromWeights(options: TeacherOptions): Teacher {
    const { network, classes, imageChannels = 3, weights } = options;
    const model = new NetworkModel({ network, classes, imageChannels, seed: 'replaced' });
    try {
      model.store.write(weights);
    } catch (error) {
      model.dispose();
      throw error;
    }
    return new Teacher(model, options);
  }

  /**
   * The feature maps of `count` images at the wanted cut points (0: the stem's output, i: after
   * block i), in the order of `cuts`, each NHWC row-major. Running statistics, no gradient.
   */
  async features(x: Float32Array, count: number, cuts: readonly number[]): Promise<Float32Array[]> {
    if (cuts.length === 0) return [];
    const wanted = tf.tidy(() => {
      const lastCut = Math.max(...cuts);
      const all = this.#model.features(this.#images(x, count), lastCut, { kind: 'eval' });
      return cuts.map((cut) => all[cut] as tf.Tensor4D);
    });
    const arrays = await Promise.all(wanted.map((tensor) => tensor.data()));
    tf.dispose(wanted);
    return arrays as Float32Array[];
  }

  /** How many of the images the teacher classifies right. */
  async evaluate({ x, labels }: LabelledBatch): Promise<number> {
    const logits = tf.tidy(() =>
      this.#model.forward(this.#images(x, labels.length), { kind: 'eval' }),
    );
    const values = (await logits.data()) as Float32Array;
    logits.dispose();
    return countCorrect(values, labels, this.#options.classes);
  }

  dispose(): void {
    this.#model.dispose();
  }

  #images(x: Float32Array, count: number): tf.Tensor4D {
    const { imageSize, imageChannels = 3 } = this.#options;
    return featureTensor(x, count, { size: imageSize, channels: imageChannels });
  }
}
