import type { Layer } from '@blockwise/dna';
import { Conv } from './conv.ts';
import { DepthwiseSeparable } from './depthwise-separable.ts';
import type { Initialiser } from './initialise.ts';
import { MBConv } from './mbconv.ts';
import type { LayerModule } from './module.ts';

/** A layer of the grammar as a module whose parameters are named `name.…`. */
export function buildLayer(
  initialiser: Initialiser,
  name: string,
  layer: Layer,
  inChannels: number,
): LayerModule {
  switch (layer.kind) {
    case 'cn': {
      const names = { conv: `${name}.conv`, norm: `${name}.bn1` };
      return new Conv(initialiser, names, layer, inChannels);
    }
    case 'ds':
      return new DepthwiseSeparable(initialiser, name, layer, inChannels);
    case 'ir':
      return new MBConv(initialiser, name, layer, inChannels);
    default:
      return unknownLayer(layer);
  }
}

/**
 * A stem: its first convolution is named `conv_stem` and `bn1`, the layers after it make timm's
 * stage `blocks.0`.
 */
export function buildStem(
  initialiser: Initialiser,
  layers: readonly Layer[],
  imageChannels: number,
): LayerModule[] {
  const modules: LayerModule[] = [];
  let inChannels = imageChannels;
  layers.forEach((layer, index) => {
    const module =
      index === 0 && layer.kind === 'cn'
        ? new Conv(initialiser, { conv: 'conv_stem', norm: 'bn1' }, layer, inChannels)
        : buildLayer(initialiser, `blocks.0.${stageIndex(layers, index)}`, layer, inChannels);
    modules.push(module);
    inChannels = module.outChannels;
  });
  return modules;
}

function stageIndex(layers: readonly Layer[], index: number): number {
  return layers[0]?.kind === 'cn' ? index - 1 : index;
}

function unknownLayer(layer: never): never {
  throw new Error(`Unknown layer ${JSON.stringify(layer)}.`);
}
