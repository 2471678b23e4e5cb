import type { DistilSpec } from '@blockwise/contracts';
import {
  cellAt,
  opsOf,
  type Path,
  type Random,
  type SearchSpace,
  samplePath,
} from '@blockwise/dna';

export type SamplingKind = DistilSpec['sampling'];

/**
 * The paths of a cell that one step trains.
 *
 * - `uniform`: one, every layer's op drawn by itself (DNA, section 3.2; Guo et al. 2020).
 * - `fair`: as many as there are ops; each layer goes through all its ops once, in an order of its
 *   own (strict fairness: Chu et al. 2021, FairNAS).
 */
export function drawPaths(
  kind: SamplingKind,
  space: SearchSpace,
  block: number,
  cell: number,
  random: Random,
): Path[] {
  switch (kind) {
    case 'uniform':
      return [samplePath(space, block, cell, random)];
    case 'fair': {
      const ops = [...opsOf(space, block).keys()];
      const { layers } = cellAt(space, block, cell);
      const orders = Array.from({ length: layers }, () => random.shuffle(ops));
      return ops.map((_, turn) => orders.map((order) => order[turn] as number));
    }
    default:
      return unknownSampling(kind);
  }
}

function unknownSampling(kind: never): never {
  throw new Error(`Unknown sampling ${String(kind)}.`);
}
