import { layerOf } from './assemble.ts';
import { latencyOf } from './latency.ts';
import { layerCost } from './layer-cost.ts';
import { cellAt, opsOf } from './paths.ts';
import type { Cost, LatencyTable, SearchSpace } from './types.ts';
import { sizeAfter } from './widths.ts';

/** Costs of all paths of a cell as columns by path index. */
export interface CostColumns extends Record<keyof Cost, Float64Array> {
  /** Where a table is given. */
  latencyMs?: Float64Array;
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
  const columns = cellCostColumns(space, block, cell, inChannels, inSize);
  return Array.from(columns.params, (params, i) => ({
    params,
    macs: columns.macs[i] ?? 0,
    flopsTool: columns.flopsTool[i] ?? 0,
    activationBytes: columns.activationBytes[i] ?? 0,
  }));
}

/**
 * The same as columns, which the exact search reads.
 *
 * @throws DomainError NOT_READY where the table lacks a layer
 */
export function cellCostColumns(
  space: SearchSpace,
  block: number,
  cell: number,
  inChannels: number,
  inSize: number,
  table?: LatencyTable,
): CostColumns {
  const { layers, channels, stride } = cellAt(space, block, cell);
  const outSize = sizeAfter(inSize, stride);
  const options = (layerStride: 1 | 2, entering: number, size: number) =>
    opsOf(space, block).map((_, op) => {
      const layer = layerOf(space, block, op, layerStride, channels);
      const latencyMs = table === undefined ? 0 : latencyOf(table, layer, entering, size);
      return { ...layerCost(layer, entering, size), latencyMs };
    });
  const first = options(stride, inChannels, inSize);
  const later = layers === 1 ? [] : options(1, channels, outSize);
  const column = (axis: keyof Cost | 'latencyMs'): Float64Array => {
    let sums = Float64Array.from(first, (cost) => cost[axis]);
    for (let layer = 1; layer < layers; layer++) {
      // Appending a layer makes its operation the fastest digit of the path index.
      const longer = new Float64Array(sums.length * later.length);
      for (const [prefix, sum] of sums.entries()) {
        for (const [op, cost] of later.entries()) {
          longer[prefix * later.length + op] = sum + cost[axis];
        }
      }
      sums = longer;
    }
    return sums;
  };
  return {
    params: column('params'),
    macs: column('macs'),
    flopsTool: column('flopsTool'),
    activationBytes: column('activationBytes'),
    ...(table === undefined ? {} : { latencyMs: column('latencyMs') }),
  };
}
