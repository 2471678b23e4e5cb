import type { NamedArray } from '../../artifacts/named-arrays.ts';

/** One layer of a Keras-style model as its JSON has it, with its weights by their short names. */
export interface KerasLayer {
  readonly type: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly string[];
  readonly weights: readonly (readonly [name: string, array: NamedArray])[];
}

/** Shorthand for {@link KerasLayer}. */
export function kerasLayer(
  type: string,
  name: string,
  inputs: readonly string[],
  config: KerasLayer['config'] = {},
  weights: KerasLayer['weights'] = [],
): KerasLayer {
  return { type, name, inputs, config, weights };
}

/** Without these a model draws random values when it is loaded, only to replace them. */
export const zeros = { class_name: 'Zeros', config: {} };

/** `model.json` describes a model of layers in the form of Keras 2. */
export function layersTopology(
  layers: readonly KerasLayer[],
  input: string,
  output: string,
): object {
  return {
    class_name: 'Model',
    config: {
      name: 'network',
      layers: layers.map(({ type, name, config, inputs }) => ({
        class_name: type,
        name,
        config: { name, trainable: true, ...config },
        inbound_nodes: inputs.length === 0 ? [] : [inputs.map((from) => [from, 0, 0, {}])],
      })),
      input_layers: [[input, 0, 0]],
      output_layers: [[output, 0, 0]],
    },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
}
