import type { PartFiles } from './part-files.ts';

/** The files of one part, and what is known of those that do not decode. */
export interface StreamedFiles {
  /** Absolute path of the data folder. */
  readonly root: string;
  readonly files: PartFiles;
  /** [n], shared by all threads: 1 for a file that was found not to decode. */
  readonly broken: Uint8Array;
  readonly tolerance: BrokenTolerance;
  /** Where broken files are recorded, a line of JSON each; null: nowhere. */
  readonly recordFile: string | null;
  /** The stored index, which is removed when a file is not as it says; null: there is none. */
  readonly indexFile: string | null;
}

/** How many files of a data set may be broken; both parts count together. */
export interface BrokenTolerance {
  /** Files of both parts. */
  readonly total: number;
  /** Most that may be broken. */
  readonly most: number;
  /** [1], shared by all threads and both parts: how many were found. */
  readonly found: Int32Array;
}

/** More than this share of files that do not decode means that something is wrong with the data. */
const tolerated = 0.01;

export function toleranceOf(total: number): BrokenTolerance {
  return {
    total,
    most: Math.floor(total * tolerated),
    found: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
  };
}

/** Marks a file as broken; false when another reader had found that before. */
export function markBroken({ broken, tolerance }: StreamedFiles, position: number): boolean {
  if (Atomics.exchange(broken, position, 1) === 1) return false;
  Atomics.add(tolerance.found, 0, 1);
  return true;
}
