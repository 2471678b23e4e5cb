import * as tf from '@tensorflow/tfjs-core';

/**
 * A depth-wise convolution with symmetric padding (k − 1) / 2: `x` [batch, height, width,
 * channels], `kernel` [k, k, channels, 1].
 */
export function depthwise(x: tf.Tensor4D, kernel: tf.Tensor, stride: number): tf.Tensor4D {
  const padding = ((kernel.shape[0] as number) - 1) / 2;
  return tf.depthwiseConv2d(x, kernel as tf.Tensor4D, stride, padding);
}
