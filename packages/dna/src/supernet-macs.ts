import { layerOf } from './assemble.ts';
import { layerCost, sumCosts } from './layer-cost.ts';
import { networkCost, networkCuts, type Shape } from './network-cost.ts';
import { cellAt, opsOf } from './paths.ts';
import type { SearchSpace } from './types.ts';

/** Multiply-accumulates of a cell's supernet for one image, forward. */
export interface SupernetMacs {
  /** Of one path: the mean over all, as training draws them. */
  readonly path: number;
  /** Of all paths, where those that begin alike share their beginning: what rating computes. */
  readonly tree: number;
}

/**
 * What a cell's supernet computes between the teacher's maps around its block. Block 0 sees images
 * and has the space's stem before it.
 *
 * @param cuts the teacher's maps after its stem and after every block; the cell has to fit (`checkFit`)
 */
export function supernetMacs(
  space: SearchSpace,
  block: number,
  cell: number,
  cuts: readonly Shape[],
  inputSize: number,
): SupernetMacs {
  const [ownStem] = networkCuts({ stem: space.stem, blocks: [] }, inputSize);
  const before = block === 0 ? ownStem : cuts[block];
  const after = cuts[block + 1];
  if (before === undefined || after === undefined) throw new Error(`no cut around block ${block}`);
  const { layers, channels, stride } = cellAt(space, block, cell);
  const ops = opsOf(space, block);
  const stem = block === 0 ? stemMacs(space, inputSize) : 0;
  let { channels: width, size } = before;
  let path = stem;
  let tree = stem;
  for (let layer = 0; layer < layers; layer++) {
    const out = layer === layers - 1 ? after.channels : channels;
    const costs = ops.map((_, op) =>
      layerCost(layerOf(space, block, op, layer === 0 ? stride : 1, out), width, size),
    );
    const { macs } = sumCosts(costs);
    path += macs / ops.length;
    // Every beginning of a path is followed by every op once.
    tree += macs * ops.length ** layer;
    width = out;
    size = costs[0]?.outSize ?? size;
  }
  return { path, tree };
}

function stemMacs(space: SearchSpace, inputSize: number): number {
  const { layers } = networkCost(
    { stem: space.stem, blocks: [], head: space.head },
    { inputSize, classes: 2 },
  );
  return layers.reduce((sum, { part, macs }) => (part === 'stem' ? sum + macs : sum), 0);
}
