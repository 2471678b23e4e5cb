import { DomainError } from '@blockwise/contracts';
import { layerOf } from './assemble.ts';
import { boundaryShapes } from './boundaries.ts';
import { printActivation } from './fields.ts';
import { type HeadPart, headParts } from './head.ts';
import { printLayer } from './layer-grammar.ts';
import { networkCuts, type Shape, type Task } from './network-cost.ts';
import { opsOf } from './paths.ts';
import type { Head, LatencyTable, Layer, Network, SearchSpace } from './types.ts';
import { imageChannels, outChannelsOf, sizeAfter } from './widths.ts';

/** What is measured by itself: a layer or a part of a head, on inSize × inSize × inChannels. */
export type LatencyItem = { key: string; inChannels: number; inSize: number } & (
  | { layer: Layer }
  | { headPart: HeadPart }
);

/**
 * The name of a measurement in a latency table: `ir_k3_s2_e6_c24_se0.25@16x112` for a layer on
 * 112 × 112 × 16, `fc_c1000@1280x1` for a part of a head.
 */
export function latencyKey(piece: Layer | HeadPart, inChannels: number, inSize: number): string {
  const word = 'kind' in piece ? printLayer(piece) : printHeadPart(piece);
  return `${word}@${inChannels}x${inSize}`;
}

/**
 * Everything that has to be measured to know the latency of every network of a space, each once:
 * the stem, every operation at every width and size at which a final network has it, the head at
 * every width that a network ends with.
 */
export function latencyItems(space: SearchSpace, task: Task): LatencyItem[] {
  const items = new Map<string, LatencyItem>();
  const addLayer = (layer: Layer, inChannels: number, inSize: number) => {
    const key = latencyKey(layer, inChannels, inSize);
    items.set(key, { key, layer, inChannels, inSize });
  };
  for (const { layer, inChannels, inSize } of placedLayers(space.stem, imageShape(task))) {
    addLayer(layer, inChannels, inSize);
  }
  const boundaries = boundaryShapes(space, task);
  for (const [block, { cells }] of space.blocks.entries()) {
    for (const { layers, channels, stride } of cells) {
      for (const before of boundaries[block] ?? []) {
        for (const op of opsOf(space, block).keys()) {
          addLayer(layerOf(space, block, op, stride, channels), before.channels, before.size);
          if (layers > 1) {
            const size = sizeAfter(before.size, stride);
            addLayer(layerOf(space, block, op, 1, channels), channels, size);
          }
        }
      }
    }
  }
  for (const { channels, size } of boundaries.at(-1) ?? []) {
    for (const { part, inChannels, inSize } of headParts(
      space.head,
      channels,
      size,
      task.classes,
    )) {
      const key = latencyKey(part, inChannels, inSize);
      items.set(key, { key, headPart: part, inChannels, inSize });
    }
  }
  return [...items.values()];
}

/**
 * Milliseconds for one image: the sum over the layers of a network and the parts of its head.
 *
 * @throws DomainError NOT_READY where the table lacks one of them
 */
export function networkLatency(
  network: Pick<Network, 'stem' | 'blocks' | 'head'>,
  task: Task,
  table: LatencyTable,
): number {
  const layers = [...network.stem, ...network.blocks.flat()];
  const last = networkCuts(network, task.inputSize).at(-1) ?? imageShape(task);
  return (
    layersLatency(layers, imageShape(task), table) +
    headLatency(network.head, last.channels, last.size, task.classes, table)
  );
}

/** The part of a network's latency that its stem has. */
export function stemLatency(stem: readonly Layer[], task: Task, table: LatencyTable): number {
  return layersLatency(stem, imageShape(task), table);
}

/** The part of a network's latency that its head has on a feature map of size × size × channels. */
export function headLatency(
  head: Head,
  channels: number,
  size: number,
  classes: number,
  table: LatencyTable,
): number {
  return headParts(head, channels, size, classes).reduce(
    (sum, { part, inChannels, inSize }) => sum + latencyOf(table, part, inChannels, inSize),
    0,
  );
}

/**
 * One measurement of a table.
 *
 * @throws DomainError NOT_READY where it is missing
 */
export function latencyOf(
  table: LatencyTable,
  piece: Layer | HeadPart,
  inChannels: number,
  inSize: number,
): number {
  const key = latencyKey(piece, inChannels, inSize);
  const found = Object.hasOwn(table.milliseconds, key) ? table.milliseconds[key] : undefined;
  if (found === undefined) {
    throw new DomainError(
      'NOT_READY',
      `The latency of ${key} has not been measured on ${table.device} with ${table.engine}.`,
    );
  }
  return found;
}

function layersLatency(layers: readonly Layer[], before: Shape, table: LatencyTable): number {
  return placedLayers(layers, before).reduce(
    (sum, { layer, inChannels, inSize }) => sum + latencyOf(table, layer, inChannels, inSize),
    0,
  );
}

function placedLayers(
  layers: readonly Layer[],
  before: Shape,
): { layer: Layer; inChannels: number; inSize: number }[] {
  let { channels, size } = before;
  return layers.map((layer) => {
    const placed = { layer, inChannels: channels, inSize: size };
    channels = outChannelsOf(layer, channels);
    size = sizeAfter(size, layer.stride);
    return placed;
  });
}

function imageShape({ inputSize }: Task): Shape {
  return { channels: imageChannels, size: inputSize };
}

function printHeadPart({ name, channels, activation }: HeadPart): string {
  const ending = name === 'conv' || name === 'hidden' ? printActivation(activation) : '';
  return name === 'pool' ? name : `${name}_c${channels}${ending}`;
}
