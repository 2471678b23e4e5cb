import type { Frame } from '@blockwise/dna';
import type { NamedArray } from '../../artifacts/named-arrays.ts';
import { describe } from '../describe.ts';
import { type GraphNode, graphInput, graphOutput } from '../graph.ts';
import { networkGraph } from '../network-graph.ts';
import type { ExportSubject } from '../subject.ts';
import { activationLayers } from './activation-layers.ts';
import { type KerasLayer, kerasLayer, layersTopology, zeros } from './keras-layer.ts';
import { convolutionLayers, poolLayers } from './window-layers.ts';

/** Browsers cache files of this size well; the converter of TensorFlow.js takes it too. */
const shardBytes = 4 * 2 ** 20;

/**
 * A network as a TensorFlow.js LayersModel of stock layers, `model.json` and its weights in shards:
 * `image` [batch, size, size, 3] → `logits` [batch, classes].
 */
export function writeTfjs(subject: ExportSubject): ReadonlyMap<string, Uint8Array> {
  const { network, weights, classes, imageSize } = subject;
  const { nodes, frame } = networkGraph(network, classes.length);
  const shape = [null, imageSize, imageSize, 3];
  const input = { batch_input_shape: shape, dtype: 'float32', sparse: false };
  const inputLayer = kerasLayer('InputLayer', graphInput, [], input);
  const widths = new Map([[graphInput, 3], ...nodes.map((n) => [n.name, n.channels] as const)]);
  const layers = [
    inputLayer,
    ...nodes.flatMap((node) => kerasLayers(node, frame, new Weights(weights), widths)),
  ];
  const arrays = layers.flatMap((layer) =>
    layer.weights.map(([name, array]) => ({ name: `${layer.name}/${name}`, ...array })),
  );
  const bytes = littleEndian(arrays);
  const shards = Math.max(1, Math.ceil(bytes.length / shardBytes));
  const paths = Array.from({ length: shards }, (_, i) => `group1-shard${i + 1}of${shards}.bin`);
  const specs = arrays.map(({ name, shape: extents }) => ({
    ...{ name, shape: extents, dtype: 'float32' },
  }));
  const model = {
    format: 'layers-model',
    generatedBy: 'Blockwise',
    convertedBy: null,
    modelTopology: layersTopology(layers, graphInput, graphOutput),
    weightsManifest: [{ paths, weights: specs }],
    userDefinedMetadata: describe(subject),
  };
  return new Map([
    ['model.json', new TextEncoder().encode(`${JSON.stringify(model)}\n`)],
    ...paths.map((path, i): [string, Uint8Array] => [
      path,
      bytes.subarray(i * shardBytes, (i + 1) * shardBytes),
    ]),
  ]);
}

/** Arrays by name that have to be there. */
class Weights {
  readonly #arrays: ReadonlyMap<string, NamedArray>;

  constructor(arrays: ReadonlyMap<string, NamedArray>) {
    this.#arrays = arrays;
  }

  get(name: string): NamedArray {
    const array = this.#arrays.get(name);
    if (array === undefined) throw new Error(`The weights lack ${name}.`);
    return array;
  }
}

function kerasLayers(
  { name, op, inputs, channels }: GraphNode,
  frame: Frame,
  weights: Weights,
  widths: ReadonlyMap<string, number>,
): KerasLayer[] {
  const x = inputs[0] as string;
  switch (op.kind) {
    case 'conv':
    case 'depthwise':
      return convolutionLayers(op.kind, name, x, op, frame, weights.get(op.weight));
    case 'norm':
      return [normLayer(name, x, op.of, frame, weights)];
    case 'activation':
      return activationLayers(name, x, op.activation);
    case 'pool':
      return poolLayers(name, x, op, frame, channels);
    case 'mean':
      return [kerasLayer('GlobalAveragePooling2D', name, [x], { data_format: 'channels_last' })];
    case 'linear': {
      const units = { units: channels, use_bias: true, activation: 'linear' };
      const config = { ...units, kernel_initializer: zeros, bias_initializer: zeros };
      const kernel = weights.get(`${op.of}.weight`);
      const matrix = { shape: [widths.get(x) ?? 0, channels], data: kernel.data };
      const arrays = [
        ['kernel', matrix],
        ['bias', weights.get(`${op.of}.bias`)],
      ] as const;
      return [kerasLayer('Dense', name, [x], config, arrays)];
    }
    case 'gate': {
      const map = `${name}.map`;
      return [
        kerasLayer('Reshape', map, inputs.slice(1), { target_shape: [1, 1, channels] }),
        kerasLayer('Multiply', name, [x, map]),
      ];
    }
    case 'add':
      return [kerasLayer('Add', name, inputs)];
    default:
      return unknownOp(op);
  }
}

function normLayer(
  name: string,
  x: string,
  of: string,
  { epsilon }: Frame,
  weights: Weights,
): KerasLayer {
  // PyTorch's momentum of 0.1 is Keras's of 0.9.
  const config = { axis: 3, momentum: 0.9, epsilon, center: true, scale: true };
  return kerasLayer('BatchNormalization', name, [x], config, [
    ['gamma', weights.get(`${of}.weight`)],
    ['beta', weights.get(`${of}.bias`)],
    ['moving_mean', weights.get(`${of}.running_mean`)],
    ['moving_variance', weights.get(`${of}.running_var`)],
  ]);
}

function littleEndian(arrays: readonly NamedArray[]): Uint8Array {
  const values = arrays.reduce((sum, { data }) => sum + data.length, 0);
  const view = new DataView(new ArrayBuffer(4 * values));
  let offset = 0;
  for (const { data } of arrays) {
    for (const value of data) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return new Uint8Array(view.buffer);
}

function unknownOp(op: never): never {
  throw new Error(`Unknown operation ${JSON.stringify(op)}.`);
}
