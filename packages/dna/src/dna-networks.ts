import { dnaMulti } from './presets.ts';
import type { CellChoice, SearchSpace } from './types.ts';

/**
 * The published networks of DNA as choices in the multi-cell space: for each block layers × width
 * of the cell and the path (retraining/model.py of the authors' repository).
 */
const encodings = {
  a: ['3x24 430', '4x40 3340', '4x80 2340', '4x96 1441', '5x160 14441', '1x320 0'],
  b: ['3x24 342', '3x40 242', '4x80 1440', '4x96 1441', '5x192 24442', '1x320 0'],
  c: ['2x24 10', '4x40 1101', '4x80 1011', '4x112 0114', '4x192 1411', '1x320 0'],
  d: ['3x24 212', '4x40 2222', '4x80 2112', '4x112 2121', '5x192 21112', '1x320 0'],
};

export type DnaNetwork = keyof typeof encodings;

/** DNA-a to DNA-d, as `assemble(spacePresets['dna-multi'], …)` takes them. */
export const dnaNetworks: Readonly<Record<DnaNetwork, readonly CellChoice[]>> = {
  a: choicesOf(dnaMulti, encodings.a),
  b: choicesOf(dnaMulti, encodings.b),
  c: choicesOf(dnaMulti, encodings.c),
  d: choicesOf(dnaMulti, encodings.d),
};

function choicesOf(space: SearchSpace, words: readonly string[]): CellChoice[] {
  return words.map((word, block) => {
    const [template = '', digits = ''] = word.split(' ');
    const cells = space.blocks[block]?.cells ?? [];
    const cell = cells.findIndex(({ layers, channels }) => `${layers}x${channels}` === template);
    if (cell === -1) {
      throw new Error(`block ${block} has no cell ${template}`);
    }
    return { cell, path: Array.from(digits, Number) };
  });
}
