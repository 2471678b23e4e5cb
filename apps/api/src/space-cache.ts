import { cellLayers, opsOf, printLayer, printOp, type SearchSpace, spaceOf } from '@blockwise/dna';
import { LeastRecentlyUsed } from './least-recently-used.ts';

const spaces = new LeastRecentlyUsed<string, SearchSpace>(64);

/** The search space of a stored specification; parsed once while it is in use. */
export function cachedSpace(text: string): SearchSpace {
  return spaces.getOrMake(text, () => spaceOf(text));
}

/** Candidate operations of a block in the grammar. */
export function printedOps(spaceText: string, block: number): string[] {
  return opsOf(cachedSpace(spaceText), block).map(printOp);
}

/** The op index of every layer, from its base-36 digits. */
function pathDigits(path: string): number[] {
  return Array.from(path, (digit) => Number.parseInt(digit, 36));
}

/** The layers of a path of a cell in the grammar, at the widths of the final network. */
export function printedLayers(
  spaceText: string,
  cell: { block: number; index: number; channels: number },
  path: string,
): string[] {
  const layers = cellLayers(
    cachedSpace(spaceText),
    cell.block,
    cell.index,
    pathDigits(path),
    cell.channels,
  );
  return layers.map(printLayer);
}
