import * as tf from '@tensorflow/tfjs-core';
import type { NamedArrays } from '../artifacts/named-arrays.ts';
import type { BatchNorm } from '../layers/batch-norm.ts';
import type { Affine } from '../layers/forward-mode.ts';
import type { FeatureShape } from '../supernet.ts';
import { featureTensor } from './feature-batch.ts';
import { bestPrefix, drawPrefix, type Pool, type PooledPath } from './prefix-pool.ts';
import { type PrefixPlace, PrefixSupernets } from './prefix-supernets.ts';

/** Clean images, NHWC row-major, from which batch-norm statistics are taken. */
export interface CalibrationImages {
  readonly x: Float32Array;
  readonly count: number;
}

interface Frozen {
  readonly supernets: PrefixSupernets;
  readonly image: FeatureShape;
  readonly pools: readonly Pool[];
  readonly calibration: CalibrationImages;
  readonly ownsSupernets: boolean;
}

/** Batch-norm folds of so many choices of paths are kept; the oldest make room. */
const keptChoices = 256;

/**
 * The student's own blocks before one, frozen: what produces that block's input in the strategies
 * `s1` (for its rating) and `s2`. Every choice of paths runs with batch-norm statistics of its own,
 * taken from the calibration images on first use.
 */
export class StudentPrefix {
  readonly #frozen: Frozen;
  readonly #folds = new Map<string, ReadonlyMap<BatchNorm, Affine>>();

  /** Over supernets that stay their owner's, unless told; they must not change any more. */
  constructor(frozen: Frozen) {
    this.#frozen = frozen;
  }

  /**
   * @param weights named `prefix.BLOCK.CELL.…`: those of a stage (`s1`), or of the cells' own
   *   trainings, renamed by `asPrefix` (`s2`)
   * @throws DomainError BAD_INPUT that lists missing and misshapen names
   */
  static fromWeights(
    place: PrefixPlace,
    weights: NamedArrays,
    calibration: CalibrationImages,
  ): StudentPrefix {
    const { shapes, pools } = place;
    const [image] = shapes;
    if (image === undefined) throw new Error('The shape of the image is needed.');
    const supernets = new PrefixSupernets(place, 'replaced');
    try {
      supernets.write(weights);
    } catch (error) {
      supernets.dispose();
      throw error;
    }
    return new StudentPrefix({ supernets, image, pools, calibration, ownsSupernets: true });
  }

  /** The paths of a training step; see `drawPrefix`. */
  choiceOf(seed: number, step: number): PooledPath[] {
    return drawPrefix(this.#frozen.pools, seed, step);
  }

  /**
   * `count` images, NHWC row-major → what enters the block, of the shape of the teacher's features
   * there. Along the best paths unless told. Without blocks before, the images themselves.
   */
  async features(
    x: Float32Array,
    count: number,
    choice: readonly PooledPath[] = bestPrefix(this.#frozen.pools),
  ): Promise<Float32Array> {
    const { supernets, image } = this.#frozen;
    const affine = this.#fold(choice);
    const output = tf.tidy(() =>
      supernets.forward(featureTensor(x, count, image), choice, { kind: 'given', affine }),
    );
    const values = (await output.data()) as Float32Array;
    output.dispose();
    return values;
  }

  dispose(): void {
    for (const fold of this.#folds.values()) disposeFold(fold);
    this.#folds.clear();
    if (this.#frozen.ownsSupernets) this.#frozen.supernets.dispose();
  }

  #fold(choice: readonly PooledPath[]): ReadonlyMap<BatchNorm, Affine> {
    const key = choice.map(({ cell, path }) => `${cell}:${path.join()}`).join('/');
    const known = this.#folds.get(key);
    if (known !== undefined) return known;
    const { supernets, image, calibration } = this.#frozen;
    const affine = new Map<BatchNorm, Affine>();
    tf.tidy(() => {
      const images = featureTensor(calibration.x, calibration.count, image);
      supernets.forward(images, choice, { kind: 'calibrate', affine });
    });
    const [oldest] = this.#folds;
    if (oldest !== undefined && this.#folds.size >= keptChoices) {
      disposeFold(oldest[1]);
      this.#folds.delete(oldest[0]);
    }
    this.#folds.set(key, affine);
    return affine;
  }
}

function disposeFold(fold: ReadonlyMap<BatchNorm, Affine>): void {
  for (const { scale, offset } of fold.values()) tf.dispose([scale, offset]);
}
