import { cellAt } from './paths.ts';
import type { CellChoice, SearchSpace } from './types.ts';

/**
 * In how many layers two networks of a space differ: in a block with the same cell the layers whose
 * operations differ, in a block with different cells all layers of the deeper one.
 */
export function encodingDistance(
  a: readonly CellChoice[],
  b: readonly CellChoice[],
  space: SearchSpace,
): number {
  return space.blocks.reduce((distance, _, block) => {
    const [one, other] = [a[block], b[block]];
    if (one === undefined || other === undefined) {
      throw new Error(`an encoding has no choice for block ${block}`);
    }
    if (one.cell !== other.cell) {
      const layers = [one, other].map(({ cell }) => cellAt(space, block, cell).layers);
      return distance + Math.max(...layers);
    }
    return distance + one.path.filter((op, layer) => op !== other.path[layer]).length;
  }, 0);
}
