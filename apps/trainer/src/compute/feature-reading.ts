import path from 'node:path';
import type { FeatureType } from '@blockwise/contracts';
import { FeatureReader, type ReadRows, rowBytes, writeRows } from '../features/feature-files.ts';
import { rowRuns } from '../features/row-runs.ts';
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

/** The feature files of one folder, opened when they are read. */
export class FeatureFolder {
  readonly #folder: string;
  readonly #lengths: RowLengths;
  readonly #dtype: FeatureType;
  readonly #readers = new Map<string, FeatureReader>();
  /** Names of files of which it was said that rows are lost. */
  readonly toldLost = new Set<string>();

  constructor(folder: string, lengths: RowLengths, dtype: FeatureType) {
    this.#folder = folder;
    this.#lengths = lengths;
    this.#dtype = dtype;
  }

  read(name: string, cut: number, rows: ArrayLike<number>): ReadRows {
    const file = path.join(this.#folder, name);
    let reader = this.#readers.get(file);
    if (!reader) {
      reader = new FeatureReader(file, this.#layout(cut));
      this.#readers.set(file, reader);
    }
    return reader.read(rows);
  }

  /**
   * Writes feature maps at their places; neighbours at once.
   *
   * @returns how many numbers were beyond the range of the type
   */
  write(name: string, cut: number, places: ArrayLike<number>, maps: Float32Array): number {
    const layout = this.#layout(cut);
    const { length } = layout;
    let beyond = 0;
    for (const { from, to, first } of rowRuns(places)) {
      const run = maps.subarray(from * length, to * length);
      beyond += writeRows(path.join(this.#folder, name), first, layout, run);
    }
    return beyond;
  }

  /** What a row of a cut takes in a file. */
  bytesOf(cut: number): number {
    return rowBytes(this.#layout(cut));
  }

  close(): void {
    for (const reader of this.#readers.values()) reader.close();
    this.#readers.clear();
  }

  #layout(cut: number) {
    const length = this.#lengths[cut];
    if (length === undefined) throw new Error(`the teacher has no cut point ${cut}`);
    return { length, dtype: this.#dtype };
  }
}
