import * as tf from '@tensorflow/tfjs-core';
import { activate, activationGradient } from './activation.ts';
import { type Activation, composedKernel, firstGradient, runKernelForOne } from './kernel.ts';

interface Inputs {
  readonly x: tf.Tensor;
  readonly scale: tf.Tensor1D;
  readonly offset: tf.Tensor1D;
}

interface Attributes {
  readonly activation: Activation;
}

/**
 * `act(x · scale + offset)`: batch normalisation with fixed statistics, folded.
 * `x` is [..., channels]; `scale` and `offset` are [channels].
 */
export function affineActivation<T extends tf.Tensor>(
  x: T,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  activation: Activation,
): T {
  const inputs = { x, scale, offset };
  return runKernelForOne('AffineActivation', inputs, { activation });
}

export const affineActivationKernel = composedKernel<Inputs, Attributes>(
  'AffineActivation',
  ({ x, scale, offset }, { activation }) =>
    tf.tidy(() => activate(tf.add(tf.mul(x, scale), offset), activation)),
  {
    inputsToSave: ['x', 'scale', 'offset'],
    gradFunc: (dys, saved, attrs) => {
      const [x, scale, offset] = saved as [tf.Tensor, tf.Tensor1D, tf.Tensor1D];
      const dy = firstGradient(dys);
      const { activation } = attrs as unknown as Attributes;
      const dz = tf.tidy(() =>
        activationGradient(dy, tf.add(tf.mul(x, scale), offset), activation),
      );
      const axes = Array.from({ length: x.shape.length - 1 }, (_, axis) => axis);
      return {
        x: () => tf.mul(dz, scale),
        scale: () => tf.sum(tf.mul(dz, x), axes),
        offset: () => tf.sum(dz, axes),
      };
    },
  },
);
