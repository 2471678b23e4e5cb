import type * as tf from '@tensorflow/tfjs-core';
import { runChannelSum } from './channel-sum.ts';

/** [batch, height, width, channels] → [batch, channels]. */
export const spatialMean: tf.KernelFunc = ({ inputs, backend }) => {
  const { x } = inputs as { x: tf.TensorInfo };
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  return runChannelSum(backend, {
    ...{ key: 'spatial mean', inputs: { x }, value: 'x[i]' },
    ...{ groups: batch, rows: height * width, channels, outputShape: [batch, channels] },
    factor: 1 / (height * width),
  });
};
