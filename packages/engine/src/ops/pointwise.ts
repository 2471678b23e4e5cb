import * as tf from '@tensorflow/tfjs-core';

/**
 * A 1×1 convolution: `x` [batch, height, width, in], `kernel` [1, 1, in, out] → [batch, height,
 * width, out]. As a matrix product, which is faster on every back end; the reference engine alone
 * takes tfjs's own convolution, so that it shares no reformulation with what is tested against it.
 */
export function pointwise(x: tf.Tensor4D, kernel: tf.Tensor): tf.Tensor4D {
  if (tf.getBackend() === 'cpu') return tf.conv2d(x, kernel as tf.Tensor4D, 1, 'same');
  const [batch, height, width, inputs] = x.shape;
  const outputs = kernel.shape[3] as number;
  const rows = tf.reshape(x, [batch * height * width, inputs]);
  const product = tf.matMul(rows, tf.reshape(kernel, [inputs, outputs]) as tf.Tensor2D);
  return tf.reshape(product, [batch, height, width, outputs]);
}
