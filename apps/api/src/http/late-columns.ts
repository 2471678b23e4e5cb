import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { type Column, packColumn } from '../pack-column.ts';

/**
 * The packed columns of one answer, which are made to text while it is written: ten million points are
 * hundreds of megabytes of text. Until then a short mark that nobody can guess stands for each.
 */
export class LateColumns {
  readonly #mark = randomUUID();
  readonly #columns: Column[] = [];

  get isEmpty(): boolean {
    return this.#columns.length === 0;
  }

  /** What stands for a column in the answer. */
  readonly pack = (column: Column): string => {
    this.#columns.push(column);
    return `${this.#mark}:${this.#columns.length - 1}`;
  };

  /**
   * Writes an answer, its columns in place of their marks, as fast as it is read.
   *
   * @param json the answer as Apollo gives it
   * @throws Error when the reader leaves before its end
   */
  async send(response: Response, json: string): Promise<void> {
    const pieces = this.#pieces(json);
    const bytes = pieces.reduce((sum, piece) => sum + bytesOf(piece), 0);
    response.setHeader('Content-Length', bytes);
    await pipeline(
      Readable.from(written(pieces), { objectMode: true, highWaterMark: 1 }),
      response,
    );
  }

  #pieces(json: string): (string | Column)[] {
    const [head = '', ...rest] = json.split(`${this.#mark}:`);
    const pieces: (string | Column)[] = [head];
    for (const part of rest) {
      const end = part.indexOf('"');
      const column = this.#columns[Number(part.slice(0, end))];
      if (column === undefined) throw new Error('A mark stands for no column.');
      pieces.push(column, part.slice(end));
    }
    return pieces;
  }
}

function bytesOf(piece: string | Column): number {
  return typeof piece === 'string' ? Buffer.byteLength(piece) : 4 * Math.ceil(piece.byteLength / 3);
}

function* written(pieces: readonly (string | Column)[]): Generator<Buffer> {
  for (const piece of pieces) {
    yield typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(packColumn(piece), 'latin1');
  }
}
