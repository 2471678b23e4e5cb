import * as tf from '@tensorflow/tfjs-core';
import { attributes, composedKernel } from './kernel.ts';

interface Size {
  readonly height: number;
  readonly width: number;
}

/** The mean over height and width: [batch, height, width, channels] → [batch, channels]. */
export function spatialMean(x: tf.Tensor4D): tf.Tensor2D {
  return tf.engine().runKernel('SpatialMean', { x }) as tf.Tensor2D;
}

export const spatialMeanKernel = composedKernel<{ x: tf.Tensor4D }, undefined>(
  'SpatialMean',
  ({ x }) => tf.tidy(() => tf.mean(x, [1, 2])),
  {
    inputsToSave: ['x'],
    gradFunc: (dys, saved) => {
      const [x] = saved as [tf.Tensor4D];
      const dy = (Array.isArray(dys) ? dys[0] : dys) as tf.Tensor2D;
      const [, height, width] = x.shape;
      return {
        x: () => tf.engine().runKernel('SpatialMeanGrad', { dy }, attributes({ height, width })),
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
