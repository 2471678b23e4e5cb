import type { SearchDetail } from '@blockwise/client';
import { LayerChips } from './layer-chips.tsx';
import { readBlocks } from './read-layer.ts';

/** Column heads of a table of networks: one for every block. */
export function BlockHeads({ search }: { search: SearchDetail }) {
  return search.blocks.map((block) => (
    <th key={block.index} scope="col">
      Block {block.index}
    </th>
  ));
}

/** A printed network's layers under those heads, block by block. */
export function BlockCells({ architecture }: { architecture: string }) {
  return readBlocks(architecture).map((layers, block) => (
    <td key={block}>
      <LayerChips layers={layers} />
    </td>
  ));
}
