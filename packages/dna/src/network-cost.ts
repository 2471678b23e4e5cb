import { headParts } from './head.ts';
import { type LayerCost, layerCost, sumCosts } from './layer-cost.ts';
import { printLayer } from './layer-grammar.ts';
import type { Cost, Layer, Network } from './types.ts';
import { imageChannels, outChannelsOf, sizeAfter } from './widths.ts';

/** What a network reads and answers: images of inputSize × inputSize × 3, `classes` logits. */
export interface Task {
  inputSize: number;
  classes: number;
}

/** A square feature map of one image: size × size × channels. */
export interface Shape {
  channels: number;
  size: number;
}

/** One row of the breakdown of a network's cost. */
export interface LayerRow extends LayerCost {
  /** `stem`, `head`, or the index of the block. */
  part: 'stem' | 'head' | number;
  /** The layer in the grammar; of the head `conv`, `pool`, `hidden` and `fc`. */
  name: string;
  inChannels: number;
  inSize: number;
}

/** Cost of a whole network, with a row for each layer and for each part of the head. */
export function networkCost(
  network: Pick<Network, 'stem' | 'blocks' | 'head'>,
  task: Task,
): Cost & { layers: LayerRow[] } {
  const rows: LayerRow[] = [];
  let channels = imageChannels;
  let size = task.inputSize;
  const add = (part: LayerRow['part'], layers: Layer[]) => {
    for (const layer of layers) {
      const cost = layerCost(layer, channels, size);
      rows.push({ part, name: printLayer(layer), inChannels: channels, inSize: size, ...cost });
      channels = cost.outChannels;
      size = cost.outSize;
    }
  };
  add('stem', network.stem);
  for (const [b, block] of network.blocks.entries()) {
    add(b, block);
  }
  rows.push(...headRows(network.head, channels, size, task.classes));
  return { ...sumCosts(rows), layers: rows };
}

/** Cost of the head on a feature map of size × size × channels. */
export function headCost(
  head: Network['head'],
  channels: number,
  size: number,
  classes: number,
): Cost {
  return sumCosts(headRows(head, channels, size, classes));
}

/** Shape at the cut points: the stem's output, then the output of every block. */
export function networkCuts(network: Pick<Network, 'stem' | 'blocks'>, inputSize: number): Shape[] {
  let channels = imageChannels;
  let size = inputSize;
  return [network.stem, ...network.blocks].map((layers) => {
    for (const layer of layers) {
      channels = outChannelsOf(layer, channels);
      size = sizeAfter(size, layer.stride);
    }
    return { channels, size };
  });
}

function headRows(
  head: Network['head'],
  channels: number,
  size: number,
  classes: number,
): LayerRow[] {
  return headParts(head, channels, size, classes).map(
    ({ part, inChannels, inSize, outSize, cost }) => ({
      part: 'head',
      name: part.name,
      inChannels,
      inSize,
      outChannels: part.channels,
      outSize,
      ...cost,
    }),
  );
}
