import type { RatingMeasure } from '@blockwise/contracts';
import { createRandom, samplePath } from '@blockwise/dna';
import { type MicroBatch, pathLoss } from '@blockwise/engine';
import type { BlockBatch } from './block-features.ts';
import type { OpenCell } from './cell.ts';
import type { CellStudent, RatingPair } from './cell-student.ts';
import { spreadOf } from './feature-groups.ts';
import { joined } from './joined-arrays.ts';
import { type Measuring, measuring } from './measuring.ts';
import type { TeacherRequest } from './teacher-request.ts';
import { labelsOf } from './test-classifier.ts';

/** Rating images, and calibration images beside them, on which a cell in training is looked at. */
const lookedAtImages = 64;
/** Random paths that are looked at, the same after every epoch. */
const lookedAtPaths = 4;

interface LookOptions {
  readonly measure: RatingMeasure;
  readonly teacher: TeacherRequest;
  readonly seed: number;
  /** Images that are looked at. */
  readonly looked: MicroBatch;
}

/**
 * How well a cell would be rated by now: the mean loss of some random paths on rating images. Always
 * of the same paths and images, so that it falls by learning and not by luck.
 */
export class RatingLoss {
  readonly #batches: RatingPair;
  readonly #measuring: Measuring;
  readonly #seed: number;
  readonly #looked: MicroBatch;

  private constructor(batches: RatingPair, how: Measuring, seed: number, looked: MicroBatch) {
    this.#batches = batches;
    this.#measuring = how;
    this.#seed = seed;
    this.#looked = looked;
  }

  static async open(
    { data, features }: Pick<OpenCell, 'data' | 'features'>,
    { measure, teacher, seed, looked }: LookOptions,
  ): Promise<RatingLoss> {
    const { train, rating, calibration } = data;
    const rated = spreadOf('rating', rating.length, lookedAtImages);
    const clean = spreadOf('calibration', calibration.length, lookedAtImages);
    const batches = [await features.read(clean), await features.read(rated)] as const;
    const positions = rated.rows.map((row) => rating[row] ?? 0);
    const how = await measuring(measure, teacher, labelsOf(train, positions));
    return new RatingLoss(batches, how, seed, looked);
  }

  async of(student: CellStudent): Promise<number> {
    const { block, cell } = student.supernet;
    const what = `Block ${block + 1}, cell ${cell + 1}: its look at rating images`;
    return await this.#looked.run(lookedAtImages, what, (images) => this.#mean(student, images));
  }

  /** Fewer images where memory does not suffice: statistics are those of all that are looked at. */
  async #mean(student: CellStudent, images: number): Promise<number> {
    const [clean, rated] = this.#batches;
    const [calibration, batch] = await student.ratingInputs([
      spreadBatch(clean, images),
      spreadBatch(rated, images),
    ]);
    const { labels, ...how } = this.#measuring;
    const own =
      labels === undefined
        ? {}
        : { labels: spreadRows(labels.length, images).map((i) => labels[i] ?? 0) };
    const { supernet } = student;
    const { space, block, cell } = supernet;
    const random = createRandom('rating-loss', this.#seed, block, cell);
    let sum = 0;
    for (let i = 0; i < lookedAtPaths; i++) {
      const path = samplePath(space, block, cell, random);
      sum += await pathLoss({ supernet, path, calibration, batch, ...how, ...own });
    }
    return sum / lookedAtPaths;
  }
}

/** At most so many of a batch's images, evenly spread. */
function spreadBatch(batch: BlockBatch, images: number): BlockBatch {
  const { x, y, count } = batch;
  if (count <= images) return batch;
  const rows = spreadRows(count, images);
  const pick = (values: Float32Array) => {
    const length = values.length / count;
    return joined(rows.map((row) => values.subarray(row * length, (row + 1) * length)));
  };
  return { x: pick(x), y: pick(y), count: rows.length };
}

function spreadRows(count: number, limit: number): number[] {
  const taken = Math.min(count, limit);
  return Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}
