import type { CellRow } from '@blockwise/db';
import type { BlockValue } from './schema/refs.ts';

/** A search's cells by block. */
export function blocksOf(searchId: string, cells: readonly CellRow[]): BlockValue[] {
  const indices = [...new Set(cells.map((cell) => cell.block))];
  return indices.map((index) => ({
    searchId,
    index,
    cells: cells.filter((cell) => cell.block === index),
  }));
}
