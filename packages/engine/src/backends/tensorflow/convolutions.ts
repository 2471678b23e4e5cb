import * as tf from '@tensorflow/tfjs-core';
import type { TensorflowBackend } from './binding.ts';
import { windowAttributes } from './window.ts';

type Shape4D = [number, number, number, number];
type Pad = Parameters<typeof tf.backend_util.computeConv2DInfo>[4];

interface Attributes {
  readonly strides: number | [number, number];
  readonly dilations?: number | [number, number];
  readonly pad: Pad;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  /** Of a kernel that computes the derivative of the input. */
  readonly inputShape?: Shape4D;
  /** Of a kernel that computes the derivative of the filter. */
  readonly filterShape?: Shape4D;
}

type Operands = Record<'x' | 'filter' | 'dy', tf.TensorInfo>;

/** What an operation of TensorFlow is given, in its order. */
type Arrange = (operands: Operands, info: { inShape: Shape4D; filterShape: Shape4D }) => Wanted;

/** A shape stands for an int32 vector of it. */
type Wanted = readonly (tf.TensorInfo | Shape4D)[];

/**
 * Both convolutions and their derivatives by input and by filter, on maps [batch, height, width,
 * channels]. tfjs-node's own refuse a padding in pixels, or pass it over in the backward kernels.
 */
export const convolutions: readonly tf.KernelConfig[] = [false, true].flatMap((depthwise) => {
  const [forward, backward] = depthwise
    ? ['DepthwiseConv2dNative', 'DepthwiseConv2dNativeBackprop']
    : ['Conv2D', 'Conv2DBackprop'];
  return [
    kernel(`${forward}`, depthwise, ({ x, filter }) => [x, filter]),
    kernel(`${backward}Input`, depthwise, ({ filter, dy }, { inShape }) => [inShape, filter, dy]),
    kernel(`${backward}Filter`, depthwise, ({ x, dy }, { filterShape }) => [x, filterShape, dy]),
  ];
});

function kernel(kernelName: string, depthwise: boolean, arrange: Arrange): tf.KernelConfig {
  const kernelFunc: tf.KernelFunc = ({ inputs, attrs, backend }) => {
    const tensorflow = backend as TensorflowBackend;
    const { binding } = tensorflow;
    const operands = inputs as Operands;
    const attributes = attrs as unknown as Attributes;
    const info = tf.backend_util.computeConv2DInfo(
      attributes.inputShape ?? (operands.x.shape as Shape4D),
      attributes.filterShape ?? (operands.filter.shape as Shape4D),
      attributes.strides,
      attributes.dilations ?? 1,
      attributes.pad,
      attributes.dimRoundingMode,
      depthwise,
    );
    const dilations = [1, info.dilationHeight, info.dilationWidth, 1];
    const window = [
      ...windowAttributes(binding, info),
      { name: 'dilations', type: binding.TF_ATTR_INT, value: dilations },
    ];
    return tf.tidy(() => {
      const ordered = arrange(operands, info).map((each) =>
        Array.isArray(each) ? tf.tensor1d(each, 'int32') : (each as tf.TensorInfo),
      );
      return tensorflow.executeSingleOutput(kernelName, window, ordered);
    });
  };
  return { kernelName, backendName: 'tensorflow', kernelFunc };
}
