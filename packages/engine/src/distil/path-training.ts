import { DomainError } from '@blockwise/contracts';
import { type Path, printPath } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import type { ForwardMode } from '../layers/forward-mode.ts';
import type { Parameter } from '../layers/parameter-store.ts';
import { evenParts, type Range } from '../memory/even-parts.ts';
import { MicroBatch } from '../memory/micro-batch.ts';
import { createOptimizer } from '../optimizer/create-optimizer.ts';
import { accumulatedStep } from '../optimizer/gradient-step.ts';
import type { Optimizer, OptimizerSettings } from '../optimizer/optimizer.ts';
import { learningRateAt, type Schedule } from '../optimizer/schedule.ts';
import { type FeatureShape, shapeText } from '../supernet.ts';
import { ExplosionWatch } from './explosion-watch.ts';
import { type FeatureLossKind, featureLoss } from './feature-loss.ts';
import { PartTensors } from './part-tensors.ts';

/** How paths are trained, whichever cell they are of. */
export interface PathTrainingOptions {
  readonly schedule: Schedule;
  /** `mse` unless told, as in DNA. */
  readonly loss?: FeatureLossKind;
  /** Adam without weight decay unless told; DNA's released code: an L2 term of 1e-4. */
  readonly optimizer?: Partial<OptimizerSettings>;
  /** A loss of so many times the first steps' median counts as diverged; never unless told. */
  readonly explodesAt?: number;
  /** Images per pass; the whole batch unless told. */
  readonly microBatch?: MicroBatch;
}

const adam: OptimizerSettings = {
  optimizer: 'adam',
  momentum: 0.9,
  optimizerEpsilon: 1e-8,
  weightDecay: 0,
};

/** One path of a step: what it moves and how it gets from its input to the output. */
export interface TrainedPath {
  readonly path: Path;
  readonly parameters: readonly Parameter[];
  /** Input maps, of the shape of the step's → output maps. */
  readonly forward: (input: tf.Tensor4D, mode: ForwardMode) => tf.Tensor4D;
}

interface PathStep {
  /** From 0. */
  readonly step: number;
  /** What enters, of `count` images, `input` each. */
  readonly x: Float32Array;
  /** The teacher's features of the same images, `output` each. */
  readonly y: Float32Array;
  readonly count: number;
  readonly input: FeatureShape;
  readonly output: FeatureShape;
  readonly paths: readonly TrainedPath[];
}

/** Trains paths to produce the teacher's features: loss, optimiser, schedule, divergence. */
export class PathTraining {
  readonly #options: PathTrainingOptions;
  /** Block and cell, as errors name them, from 0. */
  readonly #place: { readonly block: number; readonly cell: number };
  readonly #optimizer: Optimizer;
  readonly #watch: ExplosionWatch;
  readonly #microBatch: MicroBatch;

  constructor(options: PathTrainingOptions, place: { block: number; cell: number }) {
    this.#options = options;
    this.#place = { block: place.block, cell: place.cell };
    this.#optimizer = createOptimizer({ ...adam, ...options.optimizer });
    this.#watch = new ExplosionWatch(options.explodesAt ?? Number.POSITIVE_INFINITY);
    this.#microBatch = options.microBatch ?? MicroBatch.fixed(null);
  }

  /**
   * One optimiser step over all given paths; their gradients are added up. With a micro-batch so are
   * those of the parts of the batch: the same step, but that every part has batch statistics of its own.
   *
   * @returns the mean of the paths' losses before the update
   * @throws DomainError DIVERGED, naming step and path, OUT_OF_MEMORY, naming the shapes
   */
  async step(options: PathStep): Promise<number> {
    const { step, count, paths } = options;
    const losses = await this.#microBatch.run(count, this.#whatOf(options), (size) =>
      this.#losses(options, evenParts(count, size)),
    );
    losses.forEach((value, index) => {
      this.#check(value, step, paths[index]?.path ?? []);
    });
    const mean = losses.reduce((sum, value) => sum + value, 0) / losses.length;
    this.#watch.observe(mean);
    return mean;
  }

  /** Moves the parameters by all parts of the batch; the loss of every path over the whole of it. */
  async #losses(options: PathStep, parts: readonly Range[]): Promise<number[]> {
    const { step, y, count, output, paths } = options;
    const loss = featureLoss(this.#options.loss ?? 'mse', y, output.channels);
    const tensors = new PartTensors(options);
    try {
      const passes = parts.flatMap((part) =>
        paths.map(({ parameters, forward }) => () => {
          const { input, target } = tensors.of(part);
          const share = (part.to - part.from) / count;
          const whole = (mode: ForwardMode) => loss.of(forward(input, mode), target);
          return {
            parameters,
            loss:
              share === 1 ? whole : (mode: ForwardMode) => tf.mul(whole(mode), share) as tf.Scalar,
          };
        }),
      );
      const values = await accumulatedStep({
        optimizer: this.#optimizer,
        learningRate: learningRateAt(this.#options.schedule, step),
        passes,
      });
      return paths.map((_, path) =>
        parts.reduce((sum, _part, i) => sum + (values[i * paths.length + path] as number), 0),
      );
    } finally {
      loss.dispose();
      tensors.dispose();
    }
  }

  /** Optimiser state and what is normal for a loss. */
  async read(): Promise<Map<string, NamedArray>> {
    return new Map([...(await this.#optimizer.read()), ...this.#watch.read()]);
  }

  /** Replaces all state by what {@link read} gave. */
  write(arrays: NamedArrays): void {
    this.#optimizer.write(arrays);
    this.#watch.write(arrays);
  }

  dispose(): void {
    this.#optimizer.dispose();
  }

  #whatOf({ step, input, output, paths }: PathStep): string {
    const { block, cell } = this.#place;
    const named = paths.map(({ path }) => printPath(path)).join(', ');
    return (
      `Block ${block + 1}, cell ${cell + 1}: step ${step} on path ${named}, images of ` +
      `${shapeText(input)} to ${shapeText(output)}`
    );
  }

  #check(loss: number, step: number, path: Path): void {
    const fault = this.#watch.faultOf(loss);
    if (fault === undefined) return;
    const { block, cell } = this.#place;
    throw new DomainError(
      'DIVERGED',
      `Block ${block + 1}, cell ${cell + 1}: the loss of step ${step} on path ` +
        `${printPath(path)} ${fault}.`,
    );
  }
}
