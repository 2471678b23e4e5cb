import {
  latencyKey,
  type Network,
  networkCost,
  type Op,
  parseLayer,
  parseNetwork,
  type Task,
} from '@blockwise/dna';

/** `stem`, `head`, or the number of a block, from 1. */
export type PartName = 'stem' | 'head' | number;

/** A layer as a picture shows it; of the head one of its steps. */
export interface DrawnLayer {
  /** Part and position, from 1: `2.1`, `stem.2`; what an address calls it. */
  readonly key: string;
  readonly part: PartName;
  readonly position: number;
  /** In the grammar; of the head `conv`, `pool`, `hidden`, `fc`. */
  readonly word: string;
  /** `ir`, `er`, `bt`, `ds`, `cn`, `mp`, or a step of the head. */
  readonly kind: string;
  /** 1 where it has none, as are expansion and stride. */
  readonly kernel: number;
  readonly expansion: number;
  readonly stride: number;
  /** Ratio of the squeeze-and-excitation; 0: none. */
  readonly squeeze: number;
  readonly inChannels: number;
  readonly inSize: number;
  readonly outChannels: number;
  readonly outSize: number;
  readonly params: number;
  readonly macs: number;
  readonly activationBytes: number;
  /** Its name in a latency table. */
  readonly latencyKey: string;
}

export interface DrawnPart {
  readonly name: PartName;
  readonly layers: readonly DrawnLayer[];
}

/** A network as a picture shows it: stem, blocks, head, with what each layer costs for one image. */
export interface Architecture {
  readonly parts: readonly DrawnPart[];
  readonly layers: readonly DrawnLayer[];
  readonly params: number;
  readonly macs: number;
  readonly activationBytes: number;
}

/** What a layer of the grammar is made of. */
export type LayerShape = Pick<DrawnLayer, 'kind' | 'kernel' | 'expansion' | 'stride' | 'squeeze'>;

/** Reads a network in the grammar; null for a teacher that has none, such as a LayersModel. */
export function readArchitecture(text: string, task: Task): Architecture | null {
  let network: Network;
  try {
    network = parseNetwork(text);
  } catch {
    return null;
  }
  const { layers: rows, params, macs, activationBytes } = networkCost(network, task);
  const parts = new Map<PartName, DrawnLayer[]>();
  for (const { part: place, name: word, flopsTool: _, ...row } of rows) {
    const part = typeof place === 'number' ? place + 1 : place;
    const layers = parts.get(part) ?? [];
    parts.set(part, layers);
    const position = layers.length + 1;
    const isHead = part === 'head';
    const piece = isHead
      ? {
          name: word as 'conv' | 'pool' | 'hidden' | 'fc',
          channels: row.outChannels,
          activation: network.head.activation,
        }
      : parseLayer(word);
    layers.push({
      ...{ key: `${part}.${position}`, part, position, word },
      ...(isHead ? stepShape(word) : layerShape(word)),
      ...row,
      latencyKey: latencyKey(piece, row.inChannels, row.inSize),
    });
  }
  const drawn = [...parts].map(([name, layers]) => ({ name, layers }));
  return {
    parts: drawn,
    layers: drawn.flatMap(({ layers }) => layers),
    ...{ params, macs, activationBytes },
  };
}

/** Of a layer, or of an operation, whose width and stride its place gives: then `stride` is 1. */
export function layerShape(word: string): LayerShape {
  const layer = parseLayer(/_c\d/.test(word) || word.startsWith('mp') ? word : `${word}_c1`);
  const { squeeze } = layer as Partial<Extract<Op, { squeeze: unknown }>>;
  return {
    kind: layer.kind,
    kernel: layer.kernel,
    expansion: 'expansion' in layer ? layer.expansion : 1,
    stride: layer.stride,
    squeeze: squeeze?.ratio ?? 0,
  };
}

function stepShape(kind: string): LayerShape {
  return { kind, kernel: 1, expansion: 1, stride: 1, squeeze: 0 };
}
