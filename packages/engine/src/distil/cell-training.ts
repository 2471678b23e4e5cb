import { DomainError } from '@blockwise/contracts';
import { createRandom, type Path, printPath, samplePath } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import { squaredErrorMean } from '../ops/squared-error-mean.ts';
import { Adam } from '../optimizer/adam.ts';
import { gradientStep } from '../optimizer/gradient-step.ts';
import { epochDecay } from '../optimizer/schedule.ts';
import { CellSupernet, type SupernetOptions } from '../supernet.ts';
import { type FeatureBatch, featureTensor } from './feature-batch.ts';

export interface CellTrainingOptions extends Omit<SupernetOptions, 'seed'> {
  readonly seed: number;
  /** Before the first decay; DNA: 0.002 for the first and last block, 0.005 between. */
  readonly learningRate: number;
  /** Factor of the learning rate per epoch; DNA: 0.9. */
  readonly decay: number;
  /** L2 penalty on weights; DNA's released code: 1e-4. 0 unless told. */
  readonly weightDecay?: number;
}

export interface CellStep extends FeatureBatch {
  /** Number of this step in the whole training, from 0. It decides the path. */
  readonly step: number;
  /** From 1. It decides the learning rate. */
  readonly epoch: number;
}

/**
 * Distillation of one cell (DNA, section 3.2): each step trains one uniformly drawn path to turn
 * the teacher's features before the block into those after it, by mean squared error.
 *
 * The path of a step depends on (seed, block, cell, step) alone, so that a training that is
 * restored from a snapshot goes on exactly as the one that was interrupted.
 */
export class CellTraining {
  readonly supernet: CellSupernet;
  readonly #options: CellTrainingOptions;
  readonly #optimizer: Adam;

  /** @throws DomainError SPACE_MISFIT when the cell does not fit between the two shapes. */
  constructor(options: CellTrainingOptions) {
    const { seed, block, cell, weightDecay = 0 } = options;
    this.#options = options;
    this.supernet = new CellSupernet({ ...options, seed: `${seed}/supernet/${block}/${cell}` });
    this.#optimizer = new Adam({ weightDecay });
  }

  /** The path that step `step` trains. */
  pathOf(step: number): Path {
    const { space, seed, block, cell } = this.#options;
    return samplePath(space, block, cell, createRandom(seed, 'path', block, cell, step));
  }

  /**
   * Trains one step. `x` holds `count` maps of `teacherIn`, `y` of `teacherOut`.
   *
   * @returns the loss before the update, and the path that was trained
   * @throws DomainError DIVERGED, naming step and path, when the loss is not finite
   */
  async step({ x, y, count, step, epoch }: CellStep): Promise<{ loss: number; path: Path }> {
    const { block, cell, learningRate, decay } = this.#options;
    const path = this.pathOf(step);
    const input = featureTensor(x, count, this.supernet.teacherIn);
    const target = featureTensor(y, count, this.supernet.teacherOut);
    const loss = await gradientStep({
      parameters: this.supernet.weights(path),
      optimizer: this.#optimizer,
      learningRate: epochDecay(learningRate, decay, epoch),
      loss: (mode) => squaredErrorMean(this.supernet.forward(input, path, mode), target),
    });
    tf.dispose([input, target]);
    if (!Number.isFinite(loss)) {
      throw new DomainError(
        'DIVERGED',
        `Block ${block + 1}, cell ${cell + 1}: the loss of step ${step} on path ` +
          `${printPath(path)} is ${loss}.`,
      );
    }
    return { loss, path };
  }

  /** Weights, running statistics and optimiser state: all that {@link restore} needs. */
  async snapshot(): Promise<NamedArrays> {
    return new Map<string, NamedArray>([
      ...(await this.supernet.store.read()),
      ...(await this.#optimizer.read()),
    ]);
  }

  /** Continues from a snapshot of a training with the same options. */
  restore(arrays: NamedArrays): void {
    this.supernet.store.write(arrays);
    this.#optimizer.write(arrays);
  }

  dispose(): void {
    this.supernet.dispose();
    this.#optimizer.dispose();
  }
}
