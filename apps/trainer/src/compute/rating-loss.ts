import type { RatingMeasure } from '@blockwise/contracts';
import { createRandom, samplePath } from '@blockwise/dna';
import { pathLoss } from '@blockwise/engine';
import type { OpenCell } from './cell.ts';
import type { CellStudent, RatingPair } from './cell-student.ts';
import { spreadOf } from './feature-groups.ts';
import { type Measuring, measuring } from './measuring.ts';
import type { TeacherRequest } from './teacher-request.ts';
import { labelsOf } from './test-top1.ts';

/** Rating images, and calibration images beside them, on which a cell in training is looked at. */
const lookedAtImages = 64;
/** Random paths that are looked at, the same after every epoch. */
const lookedAtPaths = 4;

/**
 * How well a cell would be rated by now: the mean loss of some random paths on rating images. Always
 * of the same paths and images, so that it falls by learning and not by luck.
 */
export class RatingLoss {
  readonly #batches: RatingPair;
  readonly #measuring: Measuring;
  readonly #seed: number;

  private constructor(batches: RatingPair, how: Measuring, seed: number) {
    this.#batches = batches;
    this.#measuring = how;
    this.#seed = seed;
  }

  static async open(
    { data, features }: Pick<OpenCell, 'data' | 'features'>,
    { measure, teacher, seed }: { measure: RatingMeasure; teacher: TeacherRequest; seed: number },
  ): Promise<RatingLoss> {
    const { train, rating, calibration } = data;
    const rated = spreadOf('rating', rating.length, lookedAtImages);
    const clean = spreadOf('calibration', calibration.length, lookedAtImages);
    const batches = [await features.read(clean), await features.read(rated)] as const;
    const positions = rated.rows.map((row) => rating[row] ?? 0);
    const how = await measuring(measure, teacher, labelsOf(train, positions));
    return new RatingLoss(batches, how, seed);
  }

  async of(student: CellStudent): Promise<number> {
    const [calibration, batch] = await student.ratingInputs(this.#batches);
    const { supernet } = student;
    const { space, block, cell } = supernet;
    const random = createRandom('rating-loss', this.#seed, block, cell);
    let sum = 0;
    for (let i = 0; i < lookedAtPaths; i++) {
      const path = samplePath(space, block, cell, random);
      sum += await pathLoss({ supernet, path, calibration, batch, ...this.#measuring });
    }
    return sum / lookedAtPaths;
  }
}
