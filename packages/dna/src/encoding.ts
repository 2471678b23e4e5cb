import { DomainError } from '@blockwise/contracts';
import { cellAt, opsOf, pathCount, printPath } from './paths.ts';
import type { CellChoice, SearchSpace } from './types.ts';

/** Choices as a text: a word for every block, the number of its cell and its path: `1:02 2:0315`. */
export function printEncoding(choices: readonly CellChoice[]): string {
  return choices.map(({ cell, path }) => `${cell + 1}:${printPath(path)}`).join(' ');
}

/**
 * Reads what `printEncoding` writes. Where a block has one cell its number may be left out (`11 1031`
 * as in the published ranking experiments), and so may last blocks that have only one path.
 *
 * @throws DomainError BAD_INPUT saying which block is wrong
 */
export function parseEncoding(space: SearchSpace, text: string): CellChoice[] {
  const words = text.trim().split(/[\s,]+/);
  if (words.length > space.blocks.length) {
    throw refusal(`"${text}" has ${words.length} words for ${space.blocks.length} blocks`);
  }
  return space.blocks.map(({ cells }, block) => {
    const word = words[block];
    if (word === undefined) {
      if (cells.length === 1 && pathCount(space, block, 0) === 1) {
        return { cell: 0, path: new Array<number>(cellAt(space, block, 0).layers).fill(0) };
      }
      throw refusal(`"${text}" has no word for block ${block + 1}`);
    }
    return readWord(space, block, word);
  });
}

function readWord(space: SearchSpace, block: number, word: string): CellChoice {
  const [first = '', second] = word.split(':');
  const cells = space.blocks[block]?.cells.length ?? 0;
  const cell = second === undefined && cells === 1 ? 0 : Number(first) - 1;
  if (!Number.isInteger(cell) || cell < 0 || cell >= cells) {
    throw refusal(
      `"${word}" names no cell of block ${block + 1}, which has ${cells} (as in 1:025)`,
    );
  }
  const path = Array.from(second ?? first, (digit) => Number.parseInt(digit, 36));
  const { layers } = cellAt(space, block, cell);
  const ops = opsOf(space, block).length;
  if (path.length !== layers || !path.every((op) => op >= 0 && op < ops)) {
    throw refusal(
      `"${word}" is no path of block ${block + 1}, which has ${layers} layers with ${ops} ` +
        'operations each',
    );
  }
  return { cell, path };
}

function refusal(sentence: string): DomainError {
  return new DomainError('BAD_INPUT', `${sentence}.`);
}
