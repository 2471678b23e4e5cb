import { DomainError } from '@blockwise/contracts';
import { sizeAfter } from './layer-cost.ts';
import { networkCuts } from './network-cost.ts';
import type { Network, SearchSpace } from './types.ts';

/**
 * Checks that every cell fits between the teacher's cut points: as many blocks, and from the
 * teacher's feature map before a block (for the first block: from the space's own stem) each cell
 * reaches the size of the teacher's feature map after it. Widths need not agree: the last layer of
 * a cell projects to the teacher's.
 *
 * @throws DomainError SPACE_MISFIT, path ['space', 'blocks', b, 'cells', c] for a cell
 */
export function checkFit(space: SearchSpace, teacher: Network, inputSize: number): void {
  if (space.blocks.length !== teacher.blocks.length) {
    throw new DomainError(
      'SPACE_MISFIT',
      `The space has ${space.blocks.length} blocks, the teacher ${teacher.blocks.length}.`,
      { path: ['space', 'blocks'] },
    );
  }
  const cuts = networkCuts(teacher, inputSize);
  const [ownStem] = networkCuts({ stem: space.stem, blocks: [] }, inputSize);
  for (const [b, { cells }] of space.blocks.entries()) {
    const before = b === 0 ? ownStem : cuts[b];
    const after = cuts[b + 1];
    if (before === undefined || after === undefined) {
      throw new Error(`no cut point around block ${b}`);
    }
    for (const [c, cell] of cells.entries()) {
      const size = sizeAfter(before.size, cell.stride);
      if (size !== after.size) {
        const source = b === 0 ? "the space's stem" : `the teacher's block ${b}`;
        throw new DomainError(
          'SPACE_MISFIT',
          `Block ${b + 1}, cell ${c + 1}: stride ${cell.stride} makes ${shape(size, cell.channels)} ` +
            `of ${shape(before.size, before.channels)} (${source}), but the teacher's block ` +
            `${b + 1} ends in ${shape(after.size, after.channels)}.`,
          { path: ['space', 'blocks', b, 'cells', c] },
        );
      }
    }
  }
}

function shape(size: number, channels: number): string {
  return `${size}×${size}×${channels}`;
}
