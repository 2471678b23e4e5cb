import { DomainError } from '@blockwise/contracts';
import { type Path, printPath } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import type { ForwardMode } from '../layers/forward-mode.ts';
import type { Parameter } from '../layers/parameter-store.ts';
import { createOptimizer } from '../optimizer/create-optimizer.ts';
import { accumulatedStep } from '../optimizer/gradient-step.ts';
import type { Optimizer, OptimizerSettings } from '../optimizer/optimizer.ts';
import { learningRateAt, type Schedule } from '../optimizer/schedule.ts';
import type { FeatureShape } from '../supernet.ts';
import { ExplosionWatch } from './explosion-watch.ts';
import { featureTensor } from './feature-batch.ts';
import { type FeatureLossKind, featureLoss } from './feature-loss.ts';

/** How paths are trained, whichever cell they are of. */
export interface PathTrainingOptions {
  readonly schedule: Schedule;
  /** `mse` unless told, as in DNA. */
  readonly loss?: FeatureLossKind;
  /** Adam without weight decay unless told; DNA's released code: an L2 term of 1e-4. */
  readonly optimizer?: Partial<OptimizerSettings>;
  /** A loss of so many times the first steps' median counts as diverged; never unless told. */
  readonly explodesAt?: number;
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
  readonly forward: (mode: ForwardMode) => tf.Tensor4D;
}

interface PathStep {
  /** From 0. */
  readonly step: number;
  /** The teacher's features of `count` images, `shape` each. */
  readonly y: Float32Array;
  readonly count: number;
  readonly shape: FeatureShape;
  readonly paths: readonly TrainedPath[];
}

/** Trains paths to produce the teacher's features: loss, optimiser, schedule, divergence. */
export class PathTraining {
  readonly #options: PathTrainingOptions;
  /** Block and cell, as errors name them, from 0. */
  readonly #place: { readonly block: number; readonly cell: number };
  readonly #optimizer: Optimizer;
  readonly #watch: ExplosionWatch;

  constructor(options: PathTrainingOptions, place: { block: number; cell: number }) {
    this.#options = options;
    this.#place = { block: place.block, cell: place.cell };
    this.#optimizer = createOptimizer({ ...adam, ...options.optimizer });
    this.#watch = new ExplosionWatch(options.explodesAt ?? Number.POSITIVE_INFINITY);
  }

  /**
   * One optimiser step over all given paths; their gradients are added up.
   *
   * @returns the mean of the paths' losses before the update
   * @throws DomainError DIVERGED, naming step and path
   */
  async step({ step, y, count, shape, paths }: PathStep): Promise<number> {
    const target = featureTensor(y, count, shape);
    const loss = featureLoss(this.#options.loss ?? 'mse', target, y);
    try {
      const losses = await accumulatedStep({
        optimizer: this.#optimizer,
        learningRate: learningRateAt(this.#options.schedule, step),
        passes: paths.map(({ parameters, forward }) => () => ({
          parameters,
          loss: (mode: ForwardMode) => loss.of(forward(mode)),
        })),
      });
      losses.forEach((value, index) => {
        this.#check(value, step, paths[index]?.path ?? []);
      });
      const mean = losses.reduce((sum, value) => sum + value, 0) / losses.length;
      this.#watch.observe(mean);
      return mean;
    } finally {
      loss.dispose();
      tf.dispose(target);
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
