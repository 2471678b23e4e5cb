import { layerOf } from './assemble.ts';
import { layerCost, sizeAfter } from './layer-cost.ts';
import { cellAt } from './paths.ts';
import type { Cost, SearchSpace } from './types.ts';

/** Costs of all paths of a cell as columns by path index. */
export interface CostColumns {
  params: Float64Array;
  macs: Float64Array;
  flopsTool: Float64Array;
}

/**
 * Costs of all paths of a cell by path index, at the widths of the final network: the cell's own
 * width at its end, `inChannels` (the previous cell's width) at its start.
 */
export function cellCosts(
  space: SearchSpace,
  block: number,
  cell: number,
  inChannels: number,
  inSize: number,
): Cost[] {
  const { params, macs, flopsTool } = cellCostColumns(space, block, cell, inChannels, inSize);
  return Array.from(params, (count, i) => ({
    params: count,
    macs: macs[i] ?? 0,
    flopsTool: flopsTool[i] ?? 0,
  }));
}

/** The same as columns, which the exact search reads. */
export function cellCostColumns(
  space: SearchSpace,
  block: number,
  cell: number,
  inChannels: number,
  inSize: number,
): CostColumns {
  const { layers, channels, stride } = cellAt(space, block, cell);
  const ops = space.ops.map((_, op) => op);
  const first = ops.map((op) =>
    layerCost(layerOf(space, op, stride, channels), inChannels, inSize),
  );
  const outSize = sizeAfter(inSize, stride);
  const later = ops.map((op) => layerCost(layerOf(space, op, 1, channels), channels, outSize));
  const column = (axis: keyof Cost): Float64Array => {
    let sums = Float64Array.from(first, (cost) => cost[axis]);
    for (let layer = 1; layer < layers; layer++) {
      // Appending a layer makes its operation the fastest digit of the path index.
      const longer = new Float64Array(sums.length * ops.length);
      for (const [prefix, sum] of sums.entries()) {
        for (const [op, cost] of later.entries()) {
          longer[prefix * ops.length + op] = sum + cost[axis];
        }
      }
      sums = longer;
    }
    return sums;
  };
  return { params: column('params'), macs: column('macs'), flopsTool: column('flopsTool') };
}
