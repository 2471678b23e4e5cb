import { type Head, imageChannels, type Layer, type Network } from '@blockwise/dna';
import type { ConvNames } from '../layers/conv.ts';
import type { HeadNames } from '../layers/head.ts';
import { namesOf } from '../layers/names.ts';

/** A layer of a network with what its place decides. */
export interface PlacedLayer {
  readonly layer: Layer;
  /** Its parameters are named `name.…`. */
  readonly name: string;
  readonly inChannels: number;
  /** Of a `cn` layer: the network's first convolution has other names than later ones. */
  readonly names: ConvNames;
}

/** A network's layers in the order of computation, each with its place. */
export interface PlacedNetwork {
  readonly stem: readonly PlacedLayer[];
  readonly blocks: readonly (readonly PlacedLayer[])[];
  readonly head: { readonly spec: Head; readonly names: HeadNames; readonly inChannels: number };
}

/** The one walk over a network that every format is written from. */
export function placeNetwork(network: Network): PlacedNetwork {
  const names = namesOf(network);
  let inChannels = imageChannels;
  const place = (layer: Layer, name: string, own?: ConvNames): PlacedLayer => {
    const placed = {
      ...{ layer, name, inChannels },
      names: own ?? { conv: `${name}.conv`, norm: `${name}.bn1` },
    };
    if (layer.kind !== 'mp') inChannels = layer.channels;
    return placed;
  };
  const stem = network.stem.map((layer, index) =>
    index === 0 && layer.kind === 'cn'
      ? place(layer, '', names.first)
      : place(layer, names.stem(index)),
  );
  const blocks = network.blocks.map((layers, block) =>
    layers.map((layer, index) => place(layer, names.layer(block, index))),
  );
  return { stem, blocks, head: { spec: network.head, names: names.head, inChannels } };
}
