import { DomainError } from '@blockwise/contracts';
import { cellAt, opsOf, pathProblem } from './paths.ts';
import type { CellChoice, Layer, Network, Path, SearchSpace } from './types.ts';

/**
 * The final network of one choice for each block. Its block boundaries are the cells' own widths,
 * not the teacher's: those exist only in the supernet.
 *
 * @throws DomainError BAD_INPUT with path ['choices', block] where a choice is not in the space
 */
export function assemble(space: SearchSpace, choices: readonly CellChoice[]): Network {
  if (choices.length !== space.blocks.length) {
    throw new DomainError(
      'BAD_INPUT',
      `The space has ${space.blocks.length} blocks, but ${choices.length} choices are given.`,
      { path: ['choices'] },
    );
  }
  const blocks = choices.map(({ cell, path }, block) => {
    const cells = space.blocks[block]?.cells ?? [];
    const problem =
      cells[cell] === undefined
        ? `the block has ${cells.length} cells, no cell ${cell}`
        : pathProblem(space, block, cell, path);
    if (problem !== undefined) {
      throw new DomainError('BAD_INPUT', `Block ${block + 1}: ${problem}.`, {
        path: ['choices', block],
      });
    }
    return cellLayers(space, block, cell, path, cellAt(space, block, cell).channels);
  });
  return {
    frame: { ...space.frame },
    stem: space.stem.map((layer) => ({ ...layer })),
    blocks,
    head: { ...space.head },
  };
}

/**
 * The layers of a path as they stand in the supernet: the hidden width is the cell's, the last
 * layer's projection has `outChannels` outputs (the teacher's width at the end of the block), so
 * no separate adapter is needed. A cell of one layer maps the block's input to `outChannels`.
 */
export function cellLayers(
  space: SearchSpace,
  block: number,
  cell: number,
  path: Path,
  outChannels: number,
): Layer[] {
  const problem = pathProblem(space, block, cell, path);
  if (problem !== undefined) {
    throw new Error(problem);
  }
  const { layers, channels, stride } = cellAt(space, block, cell);
  return path.map((op, i) =>
    layerOf(space, block, op, i === 0 ? stride : 1, i === layers - 1 ? outChannels : channels),
  );
}

/** The operation `op` of a block as a layer. */
export function layerOf(
  space: SearchSpace,
  block: number,
  op: number,
  stride: 1 | 2,
  channels: number,
): Layer {
  const found = opsOf(space, block)[op];
  if (found === undefined) {
    throw new Error(`block ${block} has no operation ${op}`);
  }
  return { ...found, stride, channels };
}
