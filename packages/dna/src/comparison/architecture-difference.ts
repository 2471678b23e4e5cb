import { printLayer } from '../layer-grammar.ts';
import type { Layer, Network } from '../types.ts';

/** What became of a layer from one network to another. */
export type LayerChange = 'kept' | 'changed' | 'added' | 'removed';

/** One layer of two networks, by its place; null where a network has none there. */
export interface LayerPair {
  /** Number of the block, from 1; 0 for the stem. */
  readonly block: number;
  /** Number of the layer in the block, from 1. */
  readonly layer: number;
  readonly a: string | null;
  readonly b: string | null;
  readonly change: LayerChange;
}

/** Every layer of both networks, block by block and in a block layer by layer, the stem first. */
export function architectureDifference(a: Network, b: Network): LayerPair[] {
  const blocksOf = ({ stem, blocks }: Network) => [stem, ...blocks];
  return along(blocksOf(a), blocksOf(b)).flatMap(([layersA, layersB], block) =>
    along(layersA ?? [], layersB ?? []).map(([layerA, layerB], i) => {
      const pair = { a: textOf(layerA), b: textOf(layerB) };
      return { block, layer: i + 1, ...pair, change: changeOf(pair) };
    }),
  );
}

/** Both lists together, as long as the longer one. */
function along<T>(a: readonly T[], b: readonly T[]): [a: T | undefined, b: T | undefined][] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [a[i], b[i]]);
}

function textOf(layer: Layer | undefined): string | null {
  return layer === undefined ? null : printLayer(layer);
}

function changeOf({ a, b }: Pick<LayerPair, 'a' | 'b'>): LayerChange {
  if (a === null) return 'added';
  if (b === null) return 'removed';
  return a === b ? 'kept' : 'changed';
}
