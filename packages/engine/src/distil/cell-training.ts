import { createRandom, type Path } from '@blockwise/dna';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import { CellSupernet, type SupernetOptions } from '../supernet.ts';
import type { FeatureBatch } from './feature-batch.ts';
import { PathTraining, type PathTrainingOptions } from './path-training.ts';
import { drawPaths, type SamplingKind } from './sampling.ts';

export interface CellTrainingOptions extends Omit<SupernetOptions, 'seed'>, PathTrainingOptions {
  readonly seed: number;
  /** `uniform` unless told, as in DNA. */
  readonly sampling?: SamplingKind;
}

export interface CellStep extends FeatureBatch {
  /** Number of this step in the whole training, from 0. It decides paths and learning rate. */
  readonly step: number;
}

/**
 * Distillation of one cell (DNA, section 3.2): each step trains one drawn path, or one for each op,
 * to turn the features before the block into the teacher's after it. The features before the block
 * are the teacher's (`dna`), or the student's own (`s2`; see `StudentPrefix`).
 *
 * The paths of a step depend on (seed, block, cell, step) alone, so that a training that is
 * restored from a snapshot goes on exactly as the one that was interrupted.
 */
export class CellTraining {
  readonly supernet: CellSupernet;
  readonly #options: CellTrainingOptions;
  readonly #training: PathTraining;

  /** @throws DomainError SPACE_MISFIT when the cell does not fit between the two shapes. */
  constructor(options: CellTrainingOptions) {
    const { seed, block, cell } = options;
    this.#options = options;
    this.supernet = new CellSupernet({ ...options, seed: `${seed}/supernet/${block}/${cell}` });
    this.#training = new PathTraining(options, options);
  }

  /** The paths that step `step` trains. */
  pathsOf(step: number): Path[] {
    const { space, seed, block, cell, sampling = 'uniform' } = this.#options;
    const random = createRandom(seed, 'path', block, cell, step);
    return drawPaths(sampling, space, block, cell, random);
  }

  /**
   * Trains one step. `x` holds `count` maps of `teacherIn`, `y` of `teacherOut`.
   *
   * @returns the loss before the update, over the paths that were trained the mean, and the paths
   * @throws DomainError DIVERGED, naming step and path, when the loss is not finite or explodes;
   *   OUT_OF_MEMORY, naming the shapes
   */
  async step({ x, y, count, step }: CellStep): Promise<{ loss: number; paths: Path[] }> {
    const { supernet } = this;
    const paths = this.pathsOf(step);
    const loss = await this.#training.step({
      step,
      x,
      y,
      count,
      input: supernet.teacherIn,
      output: supernet.teacherOut,
      paths: paths.map((path) => ({
        path,
        parameters: supernet.weights(path),
        forward: (input, mode) => supernet.forward(input, path, mode),
      })),
    });
    return { loss, paths };
  }

  /** Weights and running statistics of all ops: all for a rating. */
  async weights(): Promise<NamedArrays> {
    return await this.supernet.store.read();
  }

  /** Weights, running statistics, optimiser and divergence state: all that {@link restore} needs. */
  async snapshot(): Promise<NamedArrays> {
    return new Map<string, NamedArray>([
      ...(await this.weights()),
      ...(await this.#training.read()),
    ]);
  }

  /** Continues from a snapshot of a training with the same options. */
  restore(arrays: NamedArrays): void {
    this.supernet.store.write(arrays);
    this.#training.write(arrays);
  }

  dispose(): void {
    this.supernet.dispose();
    this.#training.dispose();
  }
}
