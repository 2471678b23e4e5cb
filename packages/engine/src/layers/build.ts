import type { Frame, Layer, Network } from '@blockwise/dna';
import { Bottleneck } from './bottleneck.ts';
import { Conv } from './conv.ts';
import { DepthwiseSeparable } from './depthwise-separable.ts';
import { FusedMBConv } from './fused-mbconv.ts';
import { Head } from './head.ts';
import type { Initialiser } from './initialise.ts';
import { MaxPool } from './max-pool.ts';
import { MBConv } from './mbconv.ts';
import type { LayerModule } from './module.ts';
import { type NetworkNames, namesOf } from './names.ts';
import type { LayerPlace } from './place.ts';

/** A layer of the grammar as a module whose parameters are named after its place. */
export function buildLayer(place: LayerPlace, layer: Layer): LayerModule {
  switch (layer.kind) {
    case 'cn':
      return new Conv(place, layer, { conv: `${place.name}.conv`, norm: `${place.name}.bn1` });
    case 'mp':
      return new MaxPool(place, layer);
    case 'ds':
      return new DepthwiseSeparable(place, layer);
    case 'ir':
      return new MBConv(place, layer);
    case 'er':
      return new FusedMBConv(place, layer);
    case 'bt':
      return new Bottleneck(place, layer);
    default:
      return unknownLayer(layer);
  }
}

interface StemOptions {
  readonly initialiser: Initialiser;
  readonly frame: Frame;
  readonly names: Pick<NetworkNames, 'first' | 'stem'>;
  readonly imageChannels: number;
  /** Of each layer; see {@link LayerPlace}. 0 unless told. */
  readonly depths?: readonly number[];
}

/** The layers of a stem, in order. */
export function buildStem(layers: readonly Layer[], options: StemOptions): LayerModule[] {
  const { initialiser, frame, names, imageChannels, depths = [] } = options;
  const modules: LayerModule[] = [];
  layers.forEach((layer, index) => {
    const inChannels = modules.at(-1)?.outChannels ?? imageChannels;
    const depth = depths[index] ?? 0;
    const place = { initialiser, frame, inChannels, name: names.stem(index), depth };
    const isFirst = index === 0 && layer.kind === 'cn';
    modules.push(isFirst ? new Conv(place, layer, names.first) : buildLayer(place, layer));
  });
  return modules;
}

/** A whole network's modules. */
export interface NetworkModules {
  readonly stem: readonly LayerModule[];
  readonly blocks: readonly (readonly LayerModule[])[];
  readonly head: Head;
}

interface NetworkBuild {
  readonly initialiser: Initialiser;
  readonly classes: number;
  readonly imageChannels: number;
}

/** Builds a network of the grammar; its parameters are named as timm's, see `namesOf`. */
export function buildNetwork(
  network: Network,
  { initialiser, classes, imageChannels }: NetworkBuild,
): NetworkModules {
  const { frame } = network;
  const names = namesOf(network);
  const depths = depthsOf([...network.stem, ...network.blocks.flat()]);
  const shared = { initialiser, frame, names };
  const stem = buildStem(network.stem, { ...shared, imageChannels, depths });
  let inChannels = stem.at(-1)?.outChannels ?? imageChannels;
  let index = stem.length;
  const blocks = network.blocks.map((layers, block) =>
    layers.map((layer, position) => {
      const name = names.layer(block, position);
      const place = { initialiser, name, inChannels, frame, depth: depths[index++] ?? 0 };
      const module = buildLayer(place, layer);
      inChannels = module.outChannels;
      return module;
    }),
  );
  const head = new Head(network.head, { ...shared, names: names.head, inChannels, classes });
  return { stem, blocks, head };
}

/** Index over number of layers, as timm counts: without the first convolution and poolings. */
function depthsOf(layers: readonly Layer[]): number[] {
  const counts = layers.map(({ kind }, index) => kind !== 'mp' && (index > 0 || kind !== 'cn'));
  const total = counts.filter(Boolean).length;
  let before = 0;
  return counts.map((counted) => (counted ? before++ : before) / Math.max(1, total));
}

function unknownLayer(layer: never): never {
  throw new Error(`Unknown layer ${JSON.stringify(layer)}.`);
}
