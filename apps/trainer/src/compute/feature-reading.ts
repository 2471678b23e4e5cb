import { FeatureReader, featureFile } from '../features/feature-files.ts';
import type { FeatureSequence } from './feature-groups.ts';

/** Reads the teacher's features for one task. */
export interface FeatureReading {
  /**
   * The feature maps at positions `from` to `to` (exclusive) of a sequence at each of the cuts,
   * NHWC, row-major.
   */
  read(
    sequence: FeatureSequence,
    range: { readonly from: number; readonly to: number },
    cuts: readonly number[],
  ): Promise<Float32Array[]>;
  /** Gives everything back. */
  close(): void;
}

/** How many numbers a feature map at each cut has, cut 0 first. */
export type RowLengths = readonly number[];

/** The open feature files of one folder. */
export class FeatureFolder {
  readonly #folder: string;
  readonly #lengths: RowLengths;
  readonly #readers = new Map<string, FeatureReader>();

  constructor(folder: string, lengths: RowLengths) {
    this.#folder = folder;
    this.#lengths = lengths;
  }

  read(name: string, cut: number, rows: ArrayLike<number>): Float32Array {
    const file = featureFile(this.#folder, name, cut);
    let reader = this.#readers.get(file);
    if (!reader) {
      const length = this.#lengths[cut];
      if (length === undefined) throw new Error(`the teacher has no cut point ${cut}`);
      reader = new FeatureReader(file, length);
      this.#readers.set(file, reader);
    }
    return reader.read(rows);
  }

  close(): void {
    for (const reader of this.#readers.values()) reader.close();
    this.#readers.clear();
  }
}
