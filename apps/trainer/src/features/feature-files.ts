import { closeSync, constants, mkdirSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { FeatureType } from '@blockwise/contracts';
import { decodeHalves, encodeHalves } from './half-floats.ts';
import { isMissing } from './missing.ts';
import { rowRuns } from './row-runs.ts';

/** What a file's rows are. */
export interface RowLayout {
  /** Numbers of one feature map. */
  readonly length: number;
  readonly dtype: FeatureType;
}

/** Bytes of a row's checksum. */
const checkBytes = 4;

/** What one row takes: its numbers, filled up to whole 32-bit words, and its checksum. */
export function rowBytes({ length, dtype }: RowLayout): number {
  return 4 * Math.ceil((length * (dtype === 'f16' ? 2 : 4)) / 4) + checkBytes;
}

/**
 * A file of teacher features holds the feature maps of a list of images at one cut point, in the
 * machine's byte order (a cache stays on its machine). Every row has its place by its number, and
 * carries a CRC-32 of its bytes and its number: a row that is missing, altered, half written or at
 * another's place is seen when it is read, whoever touched the file.
 *
 * Writes consecutive rows at their place; whoever writes the same row writes the same bytes.
 *
 * @returns how many numbers were beyond the range of the type
 */
export function writeRows(
  file: string,
  firstRow: number,
  layout: RowLayout,
  rows: Float32Array,
): number {
  const size = rowBytes(layout);
  const count = rows.length / layout.length;
  const bytes = new Uint8Array(count * size);
  const view = new DataView(bytes.buffer);
  let beyond = 0;
  for (let i = 0; i < count; i++) {
    const values = rows.subarray(i * layout.length, (i + 1) * layout.length);
    if (layout.dtype === 'f16') {
      beyond += encodeHalves(values, new Uint16Array(bytes.buffer, i * size, layout.length));
    } else {
      new Float32Array(bytes.buffer, i * size, layout.length).set(values);
    }
    const end = (i + 1) * size - checkBytes;
    view.setUint32(end, checkOf(bytes.subarray(i * size, end), firstRow + i));
  }
  mkdirSync(path.dirname(file), { recursive: true });
  // Not 'a', which ignores the place, nor 'r+' alone, which needs the file to be there.
  const descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT);
  try {
    let done = 0;
    while (done < bytes.length) {
      done += writeSync(descriptor, bytes, done, bytes.length - done, firstRow * size + done);
    }
  } finally {
    closeSync(descriptor);
  }
  return beyond;
}

/** Rows as they were found. */
export interface ReadRows {
  /** The feature maps in the order of the question; of rows that are not sound, anything. */
  readonly values: Float32Array;
  /** Positions in the question whose rows are missing or damaged. */
  readonly unsound: number[];
}

/** One open feature file; one that does not exist has no sound row. */
export class FeatureReader {
  readonly #descriptor: number | null;
  readonly #layout: RowLayout;

  constructor(file: string, layout: RowLayout) {
    this.#descriptor = openIfThere(file);
    this.#layout = layout;
  }

  /** Neighbours are read at once. */
  read(rows: ArrayLike<number>): ReadRows {
    const { length, dtype } = this.#layout;
    const size = rowBytes(this.#layout);
    const values = new Float32Array(rows.length * length);
    const unsound: number[] = [];
    for (const { from, to, first } of rowRuns(rows)) {
      const bytes = this.#bytesAt(first * size, (to - from) * size);
      const view = new DataView(bytes.buffer);
      for (let i = 0; i < to - from; i++) {
        const end = (i + 1) * size - checkBytes;
        const isSound = view.getUint32(end) === checkOf(bytes.subarray(i * size, end), first + i);
        if (!isSound) unsound.push(from + i);
        const target = values.subarray((from + i) * length, (from + i + 1) * length);
        if (dtype === 'f16') decodeHalves(new Uint16Array(bytes.buffer, i * size, length), target);
        else target.set(new Float32Array(bytes.buffer, i * size, length));
      }
    }
    return { values, unsound };
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
  }

  /** Behind the end of the file there are zeros, which are no row. */
  #bytesAt(start: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    if (this.#descriptor === null) return bytes;
    let done = 0;
    while (done < length) {
      const count = readSync(this.#descriptor, bytes, done, length - done, start + done);
      if (count === 0) break;
      done += count;
    }
    return bytes;
  }
}

/** What a file takes on the disk by its length; 0 when there is none. */
export function fileLength(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function openIfThere(file: string): number | null {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Never that of a row of zeros at any place, which is what a gap in a file reads as. */
function checkOf(bytes: Uint8Array, row: number): number {
  return crc32(bytes, (row + 1) >>> 0) || 1;
}
