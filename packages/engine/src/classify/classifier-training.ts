import { DomainError, type Recipe } from '@blockwise/contracts';
import type { Network } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import { featureTensor } from '../distil/feature-batch.ts';
import type { ForwardMode } from '../layers/forward-mode.ts';
import { evenParts } from '../memory/even-parts.ts';
import { MicroBatch } from '../memory/micro-batch.ts';
import { NetworkModel } from '../network.ts';
import { softmaxCrossEntropy } from '../ops/softmax-cross-entropy.ts';
import { createOptimizer } from '../optimizer/create-optimizer.ts';
import { accumulatedStep, type Pass } from '../optimizer/gradient-step.ts';
import type { Optimizer } from '../optimizer/optimizer.ts';
import { learningRateAt, recipeSchedule, type Schedule } from '../optimizer/schedule.ts';
import { countCorrect, guessesOf } from './accuracy.ts';
import { dropoutMask, dropPath } from './dropping.ts';
import { type Part, splitBatch, type TrainingBatch } from './labelled-batch.ts';
import {
  type Distillation,
  distillationRecipe,
  NetworkDistillation,
  type TeacherView,
} from './network-distillation.ts';
import { WeightAverage } from './weight-average.ts';

export interface ClassifierOptions {
  readonly network: Network;
  readonly classes: number;
  /** Side of the square images, pixels. */
  readonly imageSize: number;
  /** 3 unless told. */
  readonly imageChannels?: number;
  /** Of initial weights, dropout and stochastic depth. */
  readonly seed: number;
  readonly recipe: Recipe;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** Images per forward pass; the gradients of a step's passes are added up. All at once unless told. */
  readonly microBatch?: MicroBatch;
  /** To start with, instead of initial weights. */
  readonly weights?: NamedArrays;
  /** Learns from the teacher instead of labels; see `NetworkDistillation`. */
  readonly distillation?: Distillation;
}

/** `step` counts over the whole training, from 0: it decides learning rate and what is dropped. */
export type ClassifierStep = TrainingBatch & { readonly step: number };

/**
 * Training of a whole network: of a teacher before a search, and of the networks found. On labels,
 * by cross-entropy and a recipe; or on a teacher's features and logits.
 */
export class ClassifierTraining {
  readonly model: NetworkModel;
  readonly #options: ClassifierOptions;
  readonly #recipe: Recipe;
  readonly #schedule: Schedule;
  readonly #optimizer: Optimizer;
  readonly #average: WeightAverage | null;
  readonly #distillation: NetworkDistillation | null;
  readonly #microBatch: MicroBatch;

  /** @throws DomainError BAD_INPUT for weights that do not fit, SPEC_INVALID for the distillation. */
  constructor(options: ClassifierOptions) {
    const { network, classes, seed, imageChannels = 3, weights, distillation } = options;
    this.#options = options;
    this.#microBatch = options.microBatch ?? MicroBatch.fixed(null);
    this.#recipe =
      distillation === undefined
        ? options.recipe
        : distillationRecipe(options.recipe, distillation.spec);
    this.#schedule = recipeSchedule(this.#recipe, options);
    this.#distillation =
      distillation === undefined ? null : new NetworkDistillation(distillation, options);
    const plan = { network, classes, imageChannels };
    const given = weights === undefined ? {} : { weights };
    this.model = new NetworkModel({ ...plan, ...given, seed: `${seed}/network` });
    this.#optimizer = createOptimizer(this.#recipe);
    const { ema } = this.#recipe;
    this.#average =
      ema === 0
        ? null
        : new WeightAverage(this.model, new NetworkModel({ ...plan, seed: 'replaced' }), ema);
  }

  /** The learning rate of a step. */
  learningRateAt(step: number): number {
    return learningRateAt(this.#schedule, step);
  }

  /**
   * Trains one step.
   *
   * @returns the mean loss before the update and how many images were classified right; with soft
   *   targets, whose greatest target is their greatest logit
   * @throws DomainError DIVERGED, naming the step, when the loss is not finite; OUT_OF_MEMORY, naming
   *   the shapes
   */
  async step(batch: ClassifierStep): Promise<{ loss: number; correct: number }> {
    const { imageSize, imageChannels = 3, classes } = this.#options;
    const total = 'targets' in batch ? batch.targets.length / classes : batch.labels.length;
    const what =
      `Step ${batch.step} of the training of a network of ${this.#parameterCount} parameters, ` +
      `images of ${imageSize}×${imageSize}×${imageChannels}`;
    const { losses, logits, parts } = await this.#microBatch.run(total, what, (size) =>
      this.#move(batch, size),
    );
    try {
      this.#average?.update();
      const loss = losses.reduce((sum, value) => sum + value, 0);
      if (!Number.isFinite(loss)) {
        throw new DomainError('DIVERGED', `The loss of training step ${batch.step} is ${loss}.`);
      }
      let correct = 0;
      for (const [i, values] of logits.entries()) {
        const labels = parts[i]?.labels ?? [];
        correct += countCorrect((await values.data()) as Float32Array, labels);
      }
      return { loss, correct };
    } finally {
      tf.dispose(logits);
    }
  }

  /** Moves the parameters by a batch in parts; the caller disposes of the parts' logits. */
  async #move(batch: ClassifierStep, microBatch: number) {
    const { step } = batch;
    const { classes } = this.#options;
    const { labelSmoothing } = this.#recipe;
    const parts = splitBatch(batch, { classes, labelSmoothing, microBatch });
    const logits: tf.Tensor2D[] = [];
    try {
      const losses = await accumulatedStep({
        optimizer: this.#optimizer,
        learningRate: this.learningRateAt(step),
        passes: parts.map((part) => () => this.#pass(part, step, logits)),
      });
      return { losses, logits, parts };
    } catch (error) {
      tf.dispose(logits);
      throw error;
    }
  }

  /** The class that the network takes each image for, with running statistics and averages. */
  async guess(x: Float32Array, count: number): Promise<Uint32Array> {
    const what = `The test of a network of ${this.#parameterCount} parameters`;
    return await this.#microBatch.run(count, what, async (size) => {
      const guesses = new Uint32Array(count);
      for (const { from, to } of evenParts(count, size)) {
        const images = x.subarray((from * x.length) / count, (to * x.length) / count);
        guesses.set(await this.#guessAtOnce(images, to - from), from);
      }
      return guesses;
    });
  }

  /** The network alone, averaged where the recipe says so: for a teacher or an export. */
  async weights(): Promise<NamedArrays> {
    return await (this.#average?.model ?? this.model).store.read();
  }

  /** Network, averages and optimiser state: all that {@link restore} needs. */
  async snapshot(): Promise<NamedArrays> {
    return new Map<string, NamedArray>([
      ...(await this.model.store.read()),
      ...((await this.#average?.read()) ?? []),
      ...(await this.#optimizer.read()),
    ]);
  }

  /** Continues from a snapshot of a training with the same options. */
  restore(arrays: NamedArrays): void {
    this.model.store.write(arrays);
    this.#average?.write(arrays);
    this.#optimizer.write(arrays);
  }

  dispose(): void {
    this.model.dispose();
    this.#average?.dispose();
    this.#optimizer.dispose();
  }

  async #guessAtOnce(x: Float32Array, count: number): Promise<Uint32Array> {
    const model = this.#average?.model ?? this.model;
    const logits = tf.tidy(() => model.forward(this.#images(x, count), { kind: 'eval' }));
    const values = (await logits.data()) as Float32Array;
    logits.dispose();
    return guessesOf(values, count);
  }

  get #parameterCount(): number {
    return this.model.weights.reduce((sum, { value }) => sum + value.size, 0);
  }

  /** A forward and backward pass of some images; its logits are kept in `logits`. */
  #pass(part: Part, step: number, logits: tf.Tensor2D[]): Pass {
    const { seed, classes } = this.#options;
    const { dropout, dropPath: dropPathRate } = this.#recipe;
    const place = { ...part, seed, step };
    const made: tf.Tensor[] = [];
    const own = <T extends tf.Tensor>(tensor: T): T => {
      made.push(tensor);
      return tensor;
    };
    try {
      const images = own(this.#images(part.x, part.count));
      const targets = own(tf.tensor2d(part.targets, [part.count, classes]));
      const mask = dropout === 0 ? null : own(dropoutMask(dropout, this.model.headFeatures, place));
      const view = this.#distillation?.look(images) ?? null;
      made.push(...(view?.features ?? []), ...(view?.logits ? [view.logits] : []));
      return {
        parameters: this.model.weights,
        extras: {
          ...(mask === null ? {} : { dropoutMask: mask }),
          ...(dropPathRate === 0 ? {} : { dropPath: dropPath(dropPathRate, place) }),
        },
        loss: (mode) => {
          const result = this.#forward(images, targets, view, mode);
          logits.push(tf.keep(result.logits));
          const share = part.count / part.total;
          return share === 1 ? result.loss : tf.mul(result.loss, share);
        },
        close: () => tf.dispose(made),
      };
    } catch (error) {
      tf.dispose(made);
      throw error;
    }
  }

  #forward(images: tf.Tensor4D, targets: tf.Tensor2D, view: TeacherView | null, mode: ForwardMode) {
    if (this.#distillation !== null && view !== null) {
      return this.#distillation.loss(this.model, images, view, mode);
    }
    const logits = this.model.forward(images, mode);
    return { logits, loss: softmaxCrossEntropy(logits, targets) };
  }

  #images(x: Float32Array, count: number): tf.Tensor4D {
    const { imageSize, imageChannels = 3 } = this.#options;
    return featureTensor(x, count, { size: imageSize, channels: imageChannels });
  }
}
