import * as tf from '@tensorflow/tfjs-core';
import type { TensorflowBackend } from './binding.ts';
import { windowAttributes } from './window.ts';

interface Attributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** The largest value of each window, and its derivative: tfjs-node's refuse explicit paddings. */
export const maxPoolKernels: readonly tf.KernelConfig[] = [
  { kernelName: 'MaxPool', backendName: 'tensorflow', kernelFunc: maxPool },
  { kernelName: 'MaxPoolGrad', backendName: 'tensorflow', kernelFunc: maxPoolGrad },
];

type KernelCall = Parameters<tf.KernelFunc>[0];

function maxPool({ inputs, attrs, backend }: KernelCall): tf.TensorInfo {
  const { x } = inputs as { x: tf.TensorInfo };
  return run(backend as TensorflowBackend, 'MaxPool', [x], x.shape, attrs);
}

function maxPoolGrad({ inputs, attrs, backend }: KernelCall): tf.TensorInfo {
  const { input, output, dy } = inputs as Record<'input' | 'output' | 'dy', tf.TensorInfo>;
  const operands = [input, output, dy];
  return run(backend as TensorflowBackend, 'MaxPoolGrad', operands, input.shape, attrs);
}

function run(
  backend: TensorflowBackend,
  name: string,
  operands: readonly tf.TensorInfo[],
  inputShape: number[],
  attrs: unknown,
): tf.Tensor {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as Attributes;
  const shape = inputShape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(
    shape,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const window = {
    name: 'ksize',
    type: backend.binding.TF_ATTR_INT,
    value: [1, info.filterHeight, info.filterWidth, 1],
  };
  return backend.executeSingleOutput(
    name,
    [...windowAttributes(backend.binding, info), window],
    operands,
  );
}
