import type { BatchScore } from './batch-measure.ts';
import { meanHalfWidth, weightedMean } from './confidence.ts';

const columns = ['loss', 'kl', 'top1'] as const;

type Column = (typeof columns)[number];

/** What every path scored on every batch. */
export class ScoreTable {
  readonly #paths: number;
  /** Images of each batch. */
  readonly #images: readonly number[];
  /** By column, [paths, batches]. */
  readonly #values = new Map<Column, Float64Array>();

  constructor(paths: number, images: readonly number[]) {
    this.#paths = paths;
    this.#images = images;
  }

  /** @param share of the batch's images that the score is of; those of its parts are added up */
  add(path: number, batch: number, score: BatchScore, share: number): void {
    const width = this.#images.length;
    for (const column of columns) {
      const value = score[column];
      if (value === undefined) continue;
      const values = this.#values.get(column) ?? new Float64Array(this.#paths * width);
      this.#values.set(column, values);
      const at = path * width + batch;
      values[at] = (values[at] ?? 0) + value * share;
    }
  }

  /** Means over the images by path; null where the measure does not give the column. */
  means(column: Column): Float64Array | null {
    return this.#byPath(column, (values) => weightedMean(values, this.#images));
  }

  /** Half widths of the 95% intervals of the losses by path; null where there is one batch only. */
  errors(): Float64Array | null {
    if (this.#images.length < 2) return null;
    return this.#byPath('loss', (values) => meanHalfWidth(values, this.#images));
  }

  #byPath(column: Column, of: (values: Float64Array) => number): Float64Array | null {
    const values = this.#values.get(column);
    if (values === undefined) return null;
    const width = this.#images.length;
    return Float64Array.from({ length: this.#paths }, (_, path) =>
      of(values.subarray(path * width, (path + 1) * width)),
    );
  }
}
