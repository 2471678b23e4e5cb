import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';

/**
 * A folder of teacher features: one file per group and cut point, the feature maps of the group's
 * rows one after the other as raw float32 in the machine's byte order (a cache stays on its machine).
 * Rows have a fixed size, so that any of them is read by its position.
 */
export function featureFile(folder: string, group: string, cut: number): string {
  return path.join(folder, `${group}.cut-${cut}.f32`);
}

/** Writes consecutive rows at their place. */
export function writeRows(
  file: string,
  firstRow: number,
  rowLength: number,
  rows: Float32Array,
): void {
  const bytes = bytesOf(rows);
  // Not 'a', which ignores the place, nor 'r+' alone, which needs the file to be there.
  const descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT);
  try {
    const start = firstRow * rowLength * Float32Array.BYTES_PER_ELEMENT;
    let done = 0;
    while (done < bytes.length) {
      done += writeSync(descriptor, bytes, done, bytes.length - done, start + done);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** SHA-256, hex. */
export function hashRows(rows: Float32Array): string {
  return createHash('sha256').update(bytesOf(rows)).digest('hex');
}

/** One open feature file. */
export class FeatureReader {
  readonly #descriptor: number;
  readonly #rowLength: number;

  /** `rowLength`: values of one feature map. */
  constructor(file: string, rowLength: number) {
    this.#descriptor = openSync(file, 'r');
    this.#rowLength = rowLength;
  }

  /** How many whole rows the file holds. */
  get rows(): number {
    const rowBytes = this.#rowLength * Float32Array.BYTES_PER_ELEMENT;
    return Math.floor(fstatSync(this.#descriptor).size / rowBytes);
  }

  /** The feature maps of the rows, in their order; neighbours are read at once. */
  read(rows: ArrayLike<number>): Float32Array {
    const out = new Float32Array(rows.length * this.#rowLength);
    let from = 0;
    while (from < rows.length) {
      const first = rows[from] as number;
      let to = from + 1;
      while (to < rows.length && rows[to] === first + to - from) to++;
      this.#readInto(out.subarray(from * this.#rowLength, to * this.#rowLength), first);
      from = to;
    }
    return out;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #readInto(target: Float32Array, firstRow: number): void {
    const bytes = bytesOf(target);
    const start = firstRow * this.#rowLength * Float32Array.BYTES_PER_ELEMENT;
    let done = 0;
    while (done < bytes.length) {
      const count = readSync(this.#descriptor, bytes, done, bytes.length - done, start + done);
      if (count === 0) throw new Error(`a feature file ends before row ${firstRow}`);
      done += count;
    }
  }
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
