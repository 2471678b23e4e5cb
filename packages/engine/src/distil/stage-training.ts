import { createRandom, type Path } from '@blockwise/dna';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import { CellSupernet } from '../supernet.ts';
import type { CellStep } from './cell-training.ts';
import { PathTraining, type PathTrainingOptions } from './path-training.ts';
import { drawPrefix, type PooledPath } from './prefix-pool.ts';
import { type PrefixPlace, PrefixSupernets, shapesOf } from './prefix-supernets.ts';
import { drawPaths, type SamplingKind } from './sampling.ts';
import { type CalibrationImages, StudentPrefix } from './student-prefix.ts';

/** `pools` has one entry for every block before the cell's; `shapes` ends with the cell's output. */
export interface StageTrainingOptions extends PrefixPlace, PathTrainingOptions {
  /** 0-based cell of the block after the pools'. */
  readonly cell: number;
  readonly seed: number;
  /** Of the cell's own paths; `uniform` unless told. */
  readonly sampling?: SamplingKind;
}

/**
 * Distillation of one cell behind the student's own blocks (`s1` of DNA's ablation of strategies):
 * all blocks before are trained again from scratch together with it. Each step draws one path
 * of every pool, and the cell's as `CellTraining` does; the loss is that of the cell's output alone.
 * The same parts decide all draws, so a restored training goes on exactly.
 */
export class StageTraining {
  /** Of the cell. */
  readonly supernet: CellSupernet;
  readonly #options: StageTrainingOptions;
  readonly #block: number;
  readonly #prefix: PrefixSupernets;
  readonly #training: PathTraining;

  /** @throws DomainError SPACE_MISFIT when a cell does not fit between its shapes. */
  constructor(options: StageTrainingOptions) {
    const { space, shapes, pools, cell, seed } = options;
    const block = pools.length;
    this.#options = options;
    this.#block = block;
    this.#prefix = new PrefixSupernets(options, `${seed}/stage/${block}/${cell}`);
    const place = { space, block, cell, ...shapesOf(shapes, block) };
    this.supernet = new CellSupernet({ ...place, seed: `${seed}/supernet/${block}/${cell}` });
    this.#training = new PathTraining(options, place);
  }

  /** The paths that step `step` trains: of every block before one, and of the cell. */
  pathsOf(step: number): { prefix: PooledPath[]; paths: Path[] } {
    const { space, seed, cell, pools, sampling = 'uniform' } = this.#options;
    const random = createRandom(seed, 'path', this.#block, cell, step);
    const paths = drawPaths(sampling, space, this.#block, cell, random);
    return { prefix: drawPrefix(pools, seed, step), paths };
  }

  /**
   * Trains one step. `x` holds `count` images, `y` the teacher's features after the block.
   *
   * @returns the loss before the update, over the cell's paths the mean, and those paths
   * @throws DomainError DIVERGED, naming step and path, when the loss is not finite or explodes;
   *   OUT_OF_MEMORY, naming the shapes
   */
  async step({ x, y, count, step }: CellStep): Promise<{ loss: number; paths: Path[] }> {
    const { supernet } = this;
    const { prefix, paths } = this.pathsOf(step);
    const before = this.#prefix.parameters(prefix);
    const loss = await this.#training.step({
      step,
      x,
      y,
      count,
      input: shapesOf(this.#options.shapes, 0).teacherIn,
      output: supernet.teacherOut,
      paths: paths.map((path) => ({
        path,
        parameters: [...before, ...supernet.weights(path)],
        forward: (images, mode) =>
          supernet.forward(this.#prefix.forward(images, prefix, mode), path, mode),
      })),
    });
    return { loss, paths };
  }

  /**
   * The blocks before as they are now, with calibrated statistics: the input that the cell is rated
   * with. Valid until the next step; disposing of it leaves the training alone.
   */
  studentPrefix(calibration: CalibrationImages): StudentPrefix {
    const { shapes, pools } = this.#options;
    const image = shapesOf(shapes, 0).teacherIn;
    return new StudentPrefix({
      supernets: this.#prefix,
      image,
      pools,
      calibration,
      ownsSupernets: false,
    });
  }

  /** The cell's weights under their own names, and those of the blocks before: all for a rating. */
  async weights(): Promise<NamedArrays> {
    return new Map<string, NamedArray>([
      ...(await this.supernet.store.read()),
      ...(await this.#prefix.read()),
    ]);
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
    this.#prefix.write(arrays);
    this.#training.write(arrays);
  }

  dispose(): void {
    this.supernet.dispose();
    this.#prefix.dispose();
    this.#training.dispose();
  }
}
