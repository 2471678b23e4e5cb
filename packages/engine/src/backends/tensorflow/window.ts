import type * as tf from '@tensorflow/tfjs-core';
import { type Binding, floatType, type OpAttribute } from './binding.ts';

type WindowInfo = Pick<
  ReturnType<typeof tf.backend_util.computeConv2DInfo>,
  'strideHeight' | 'strideWidth' | 'dilationHeight' | 'dilationWidth' | 'padInfo'
>;

/**
 * How a window moves over a map [batch, height, width, channels], as attributes of a TensorFlow
 * operation.
 */
export function windowAttributes(binding: Binding, info: WindowInfo): OpAttribute[] {
  const { top, bottom, left, right, type } = info.padInfo;
  const paddings = [0, 0, top, bottom, left, right, 0, 0];
  // tfjs has two words for a padding in pixels, TensorFlow has one.
  const padding = type !== 'NUMBER' && type !== 'EXPLICIT' ? type : 'EXPLICIT';
  const ints = (name: string, value: readonly number[]): OpAttribute => ({
    name,
    type: binding.TF_ATTR_INT,
    value,
  });
  const text = (name: string, value: string): OpAttribute => ({
    name,
    type: binding.TF_ATTR_STRING,
    value,
  });
  return [
    floatType(binding),
    ints('strides', [1, info.strideHeight, info.strideWidth, 1]),
    text('padding', padding),
    text('data_format', 'NHWC'),
    ...(padding === 'EXPLICIT' ? [ints('explicit_paddings', paddings)] : []),
  ];
}
