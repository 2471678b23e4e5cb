import { DomainError } from '@blockwise/contracts';
import { createRandom, type Network } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import { featureTensor } from '../distil/feature-batch.ts';
import { NetworkModel } from '../network.ts';
import { smoothedTargets, softmaxCrossEntropy } from '../ops/softmax-cross-entropy.ts';
import { Adam } from '../optimizer/adam.ts';
import { gradientStep } from '../optimizer/gradient-step.ts';
import { cosineWithWarmup } from '../optimizer/schedule.ts';
import { countCorrect } from './accuracy.ts';

export interface ClassifierOptions {
  readonly network: Network;
  readonly classes: number;
  /** Side of the square images, pixels. */
  readonly imageSize: number;
  /** 3 unless told. */
  readonly imageChannels?: number;
  readonly seed: number;
  /** The learning rate at its peak, after the warm-up. */
  readonly learningRate: number;
  readonly warmupSteps: number;
  /** The cosine ends here. */
  readonly totalSteps: number;
  /** Decoupled decay of weights, as a rate per unit of learning rate; 0 unless told. */
  readonly weightDecay?: number;
  /** Share of each target's mass that is spread over all classes; 0 unless told. */
  readonly labelSmoothing?: number;
  /** Probability of dropping a pooled feature before the classifier; 0 unless told. */
  readonly dropout?: number;
}

/** Images as [count, size, size, channels], normalised, with a class index each. */
export interface LabelledBatch {
  readonly x: Float32Array;
  readonly labels: ArrayLike<number>;
}

export interface ClassifierStep extends LabelledBatch {
  /** Number of this step in the whole training, from 0: decides learning rate and dropout. */
  readonly step: number;
}

/**
 * Training of a whole network on labels: of a teacher before a search, and of the networks found,
 * from scratch. Cross-entropy, AdamW, cosine with warm-up.
 */
export class ClassifierTraining {
  readonly model: NetworkModel;
  readonly #options: ClassifierOptions;
  readonly #optimizer: Adam;

  constructor(options: ClassifierOptions) {
    const { network, classes, seed, imageChannels = 3, weightDecay = 0 } = options;
    this.#options = options;
    this.model = new NetworkModel({ network, classes, imageChannels, seed: `${seed}/network` });
    this.#optimizer = new Adam({ decoupledDecay: weightDecay });
  }

  /**
   * Trains one step.
   *
   * @returns the mean loss before the update and how many images were classified right
   * @throws DomainError DIVERGED, naming the step, when the loss is not finite
   */
  async step({ x, labels, step }: ClassifierStep): Promise<{ loss: number; correct: number }> {
    const { classes, labelSmoothing = 0 } = this.#options;
    const probabilities = smoothedTargets(labels, classes, labelSmoothing);
    const images = this.#images(x, labels.length);
    const targets = tf.tensor2d(probabilities, [labels.length, classes]);
    const dropoutMask = this.#dropoutMask(labels.length, step);
    let kept: tf.Tensor2D | undefined;
    const loss = await gradientStep({
      parameters: this.model.weights,
      optimizer: this.#optimizer,
      learningRate: cosineWithWarmup(this.#schedule, step),
      ...(dropoutMask === undefined ? {} : { dropoutMask }),
      loss: (mode) => {
        const logits = this.model.forward(images, mode);
        kept = tf.keep(logits);
        return softmaxCrossEntropy(logits, targets);
      },
    });
    if (kept === undefined) throw new Error('The step computed no logits.');
    const correct = countCorrect((await kept.data()) as Float32Array, labels, classes);
    tf.dispose([images, targets, kept, ...(dropoutMask === undefined ? [] : [dropoutMask])]);
    if (!Number.isFinite(loss)) {
      throw new DomainError('DIVERGED', `The loss of training step ${step} is ${loss}.`);
    }
    return { loss, correct };
  }

  /** How many of the images the network classifies right, with running statistics. */
  async evaluate({ x, labels }: LabelledBatch): Promise<number> {
    const logits = tf.tidy(() =>
      this.model.forward(this.#images(x, labels.length), { kind: 'eval' }),
    );
    const values = (await logits.data()) as Float32Array;
    logits.dispose();
    return countCorrect(values, labels, this.#options.classes);
  }

  /** The network alone: weights and running statistics, for a teacher or an export. */
  async weights(): Promise<NamedArrays> {
    return await this.model.store.read();
  }

  /** Network and optimiser state: all that {@link restore} needs. */
  async snapshot(): Promise<NamedArrays> {
    return new Map<string, NamedArray>([
      ...(await this.model.store.read()),
      ...(await this.#optimizer.read()),
    ]);
  }

  /** Continues from a snapshot of a training with the same options. */
  restore(arrays: NamedArrays): void {
    this.model.store.write(arrays);
    this.#optimizer.write(arrays);
  }

  dispose(): void {
    this.model.dispose();
    this.#optimizer.dispose();
  }

  get #schedule() {
    const { learningRate, warmupSteps, totalSteps } = this.#options;
    return { peak: learningRate, warmupSteps, totalSteps };
  }

  #images(x: Float32Array, count: number): tf.Tensor4D {
    const { imageSize, imageChannels = 3 } = this.#options;
    return featureTensor(x, count, { size: imageSize, channels: imageChannels });
  }

  // Inverted dropout: what stays is scaled up, so that evaluation needs no correction.
  #dropoutMask(count: number, step: number): tf.Tensor2D | undefined {
    const { dropout = 0, network, seed } = this.#options;
    if (dropout === 0) return undefined;
    const channels = network.head.channels;
    const random = createRandom(seed, 'dropout', step);
    const draw = () => (random.next() < dropout ? 0 : 1 / (1 - dropout));
    return tf.tensor2d(Float32Array.from({ length: count * channels }, draw), [count, channels]);
  }
}
