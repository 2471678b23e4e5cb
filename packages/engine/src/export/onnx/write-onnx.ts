import type { Frame } from '@blockwise/dna';
import type { NamedArray } from '../../artifacts/named-arrays.ts';
import { networkParameters } from '../../network.ts';
import { toTheirs } from '../../timm/layouts.ts';
import { describe } from '../describe.ts';
import { type GraphActivation, type GraphNode, graphInput, graphOutput } from '../graph.ts';
import { networkGraph } from '../network-graph.ts';
import type { ExportSubject } from '../subject.ts';
import { type Attribute, encodeModel, type OnnxNode } from './messages.ts';

/**
 * A network as an ONNX model: `image` [batch, 3, size, size] → `logits` [batch, classes], the weights
 * by their names and in PyTorch's layouts. Batch normalisations stay nodes of their own, as training
 * needs them; runtimes fold them into the convolutions when they load the model.
 */
export function writeOnnx(subject: ExportSubject): Uint8Array {
  const { network, weights, classes, imageSize } = subject;
  const initializers = new Map<string, NamedArray>();
  for (const spec of networkParameters(network, classes.length)) {
    const array = weights.get(spec.name);
    if (array === undefined) throw new Error(`The weights lack ${spec.name}.`);
    initializers.set(spec.name, toTheirs(spec, array));
  }
  const { nodes, frame } = networkGraph(network, classes.length);
  return encodeModel({
    nodes: nodes.flatMap((node) => onnxNodes(node, frame, initializers)),
    initializers,
    input: { name: graphInput, shape: ['batch', 3, imageSize, imageSize] },
    output: { name: graphOutput, shape: ['batch', classes.length] },
    metadata: Object.fromEntries(
      Object.entries(describe(subject)).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  });
}

function onnxNodes(
  { name, op, inputs, channels }: GraphNode,
  frame: Frame,
  weights: ReadonlyMap<string, NamedArray>,
): OnnxNode[] {
  const node = (
    type: string,
    more: readonly string[] = [],
    attributes: Record<string, Attribute> = {},
  ): OnnxNode => ({ type, name, inputs: [...inputs, ...more], output: name, attributes });
  switch (op.kind) {
    case 'conv':
      return [node('Conv', [op.weight], windowOf(op, frame))];
    case 'depthwise':
      return [node('Conv', [op.weight], { ...windowOf(op, frame), group: channels })];
    case 'norm': {
      const parts = ['weight', 'bias', 'running_mean', 'running_var'];
      const arrays = parts.map((part) => `${op.of}.${part}`);
      return [node('BatchNormalization', arrays, { epsilon: { float: frame.epsilon } })];
    }
    case 'activation':
      return activationNodes(name, op.activation, inputs[0] as string);
    case 'pool':
      return [node('MaxPool', [], windowOf(op, frame))];
    case 'mean':
      return [node('GlobalAveragePool')];
    case 'linear': {
      const parts = [`${op.of}.weight`, `${op.of}.bias`];
      // A map of one pixel stays one until the classifier, whose weight is a matrix.
      if (weights.get(`${op.of}.weight`)?.shape.length === 4) return [node('Conv', parts)];
      const flat = `${name}.flat`;
      return [
        { type: 'Flatten', name: flat, inputs, output: flat },
        { ...node('Gemm', [], { transB: 1 }), inputs: [flat, ...parts] },
      ];
    }
    case 'gate':
      return [node('Mul')];
    case 'add':
      return [node('Add')];
    default:
      return unknownOp(op);
  }
}

function activationNodes(name: string, activation: GraphActivation, x: string): OnnxNode[] {
  const whole = { name, inputs: [x], output: name };
  switch (activation) {
    case 'swish': {
      const sigmoid = `${name}.sigmoid`;
      return [
        { type: 'Sigmoid', name: sigmoid, inputs: [x], output: sigmoid },
        { ...whole, type: 'Mul', inputs: [x, sigmoid] },
      ];
    }
    case 'relu':
      return [{ ...whole, type: 'Relu' }];
    case 'hardSwish':
      return [{ ...whole, type: 'HardSwish' }];
    case 'sigmoid':
      return [{ ...whole, type: 'Sigmoid' }];
    case 'hardSigmoid':
      return [
        {
          ...{ ...whole, type: 'HardSigmoid' },
          attributes: { alpha: { float: 1 / 6 }, beta: { float: 0.5 } },
        },
      ];
    default:
      return unknownOp(activation);
  }
}

function windowOf(
  { kernel, stride }: { readonly kernel: number; readonly stride: number },
  { padding }: Frame,
): Record<string, Attribute> {
  const window = { kernel_shape: [kernel, kernel], strides: [stride, stride] };
  // A window of one pixel has nothing to pad in either frame.
  if (padding === 'same' && kernel > 1) return { ...window, auto_pad: 'SAME_UPPER' };
  const side = (kernel - 1) / 2;
  return { ...window, pads: [side, side, side, side] };
}

function unknownOp(op: never): never {
  throw new Error(`Unknown operation ${JSON.stringify(op)}.`);
}
