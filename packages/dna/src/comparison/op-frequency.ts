import { opsOf } from '../paths.ts';
import type { CellChoice, SearchSpace } from '../types.ts';

/** How often networks have each operation at one place of the space. */
export interface OpFrequency {
  /** From 0. */
  readonly block: number;
  /** From 0. */
  readonly cell: number;
  /** From 0. */
  readonly layer: number;
  /**
   * Share of all the networks, 0..1, that have an operation there, in the order of the block's
   * operations. Networks with another cell in this block have none of them.
   */
  readonly shares: readonly number[];
}

/**
 * Every layer of every cell of the space: over the cells of a block the shares of a layer that all
 * of them have add up to 1. All are 0 where there is no network.
 */
export function opFrequencies(
  space: SearchSpace,
  networks: readonly (readonly CellChoice[])[],
): OpFrequency[] {
  return space.blocks.flatMap(({ cells }, block) =>
    cells.flatMap(({ layers }, cell) => {
      const paths = networks
        .map((choices) => choices[block])
        .filter((choice) => choice?.cell === cell)
        .map((choice) => choice?.path ?? []);
      return Array.from({ length: layers }, (_, layer) => ({
        block,
        cell,
        layer,
        shares: opsOf(space, block).map(
          (__, op) =>
            paths.filter((path) => path[layer] === op).length / Math.max(networks.length, 1),
        ),
      }));
    }),
  );
}
