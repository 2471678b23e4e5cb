import type { NamedArray } from '../../artifacts/named-arrays.ts';
import { ProtobufMessage } from './protobuf.ts';

// Field numbers and enumerations of onnx.proto3, version 1.16 (https://github.com/onnx/onnx).

/** Value of a node's attribute. */
export type Attribute = number | string | readonly number[] | { readonly float: number };

export interface OnnxNode {
  readonly type: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** Size of a dimension, or the name of one that is not fixed. */
export type Dimension = number | string;

export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, NamedArray>;
  readonly input: { readonly name: string; readonly shape: readonly Dimension[] };
  readonly output: { readonly name: string; readonly shape: readonly Dimension[] };
  readonly metadata: Readonly<Record<string, string>>;
}

/** ONNX 1.12's; HardSwish is in it since 14. */
const opset = 17;
const intermediateVersion = 8;
const floatType = 1;
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** A model as the bytes of an `.onnx` file. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const message = new ProtobufMessage()
    .int(1, intermediateVersion)
    .string(2, 'Blockwise')
    .message(7, graphProto(model))
    .message(8, new ProtobufMessage().string(1, '').int(2, opset));
  for (const [key, value] of Object.entries(model.metadata)) {
    message.message(14, new ProtobufMessage().string(1, key).string(2, value));
  }
  return message.encode();
}

function graphProto({ nodes, initializers, input, output }: OnnxModel): ProtobufMessage {
  const message = new ProtobufMessage();
  for (const node of nodes) message.message(1, nodeProto(node));
  message.string(2, 'network');
  for (const [name, array] of initializers) message.message(5, tensorProto(name, array));
  return message.message(11, valueInfo(input)).message(12, valueInfo(output));
}

function nodeProto({ type, name, inputs, output, attributes = {} }: OnnxNode): ProtobufMessage {
  const message = new ProtobufMessage();
  for (const input of inputs) message.string(1, input);
  message.string(2, output).string(3, name).string(4, type);
  for (const [key, value] of Object.entries(attributes)) {
    message.message(5, attributeProto(key, value));
  }
  return message;
}

function attributeProto(name: string, value: Attribute): ProtobufMessage {
  const message = new ProtobufMessage().string(1, name);
  if (typeof value === 'number') return message.int(3, value).int(20, attributeTypes.int);
  if (typeof value === 'string') return message.string(4, value).int(20, attributeTypes.string);
  if ('float' in value) return message.float(2, value.float).int(20, attributeTypes.float);
  for (const element of value) message.int(8, element);
  return message.int(20, attributeTypes.ints);
}

function tensorProto(name: string, { shape, data }: NamedArray): ProtobufMessage {
  const message = new ProtobufMessage();
  for (const extent of shape) message.int(1, extent);
  return message.int(2, floatType).string(8, name).bytes(9, littleEndian(data));
}

function valueInfo({ name, shape }: OnnxModel['input']): ProtobufMessage {
  const dimensions = new ProtobufMessage();
  for (const extent of shape) {
    const dimension = new ProtobufMessage();
    if (typeof extent === 'number') dimension.int(1, extent);
    else dimension.string(2, extent);
    dimensions.message(1, dimension);
  }
  const tensor = new ProtobufMessage().int(1, floatType).message(2, dimensions);
  return new ProtobufMessage().string(1, name).message(2, new ProtobufMessage().message(1, tensor));
}

/** ONNX fixes the order of bytes, whatever the machine's is. */
function littleEndian(data: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * data.length));
  data.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}
