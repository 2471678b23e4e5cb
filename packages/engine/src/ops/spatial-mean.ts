import * as tf from '@tensorflow/tfjs-core';
import { composedKernel, firstGradient, runKernelForOne } from './kernel.ts';

interface Size {
  readonly height: number;
  readonly width: number;
}

/** The mean over height and width: [batch, height, width, channels] → [batch, channels]. */
export function spatialMean(x: tf.Tensor4D): tf.Tensor2D {
  return runKernelForOne('SpatialMean', { x });
}

export const spatialMeanKernel = composedKernel<{ x: tf.Tensor4D }, undefined>(
  'SpatialMean',
  ({ x }) => tf.tidy(() => tf.mean(x, [1, 2])),
  {
    inputsToSave: ['x'],
    gradFunc: (dys, saved) => {
      const [x] = saved as [tf.Tensor4D];
      const dy = firstGradient(dys);
      const [, height, width] = x.shape;
      return {
        x: () => runKernelForOne('SpatialMeanGrad', { dy }, { height, width }),
      };
    },
  },
);

export const spatialMeanGradKernel = composedKernel<{ dy: tf.Tensor2D }, Size>(
  'SpatialMeanGrad',
  ({ dy }, { height, width }) =>
    tf.tidy(() => {
      const [batch, channels] = dy.shape;
      const share = tf.fill([1, height, width, 1], 1 / (height * width));
      return tf.mul(tf.reshape(dy, [batch, 1, 1, channels]), share);
    }),
);
