import * as tf from '@tensorflow/tfjs-core';
import { activate, activationGradient } from './activation.ts';
import { type Activation, composedKernel, firstGradient, runKernel } from './kernel.ts';

export interface NormAttributes {
  readonly epsilon: number;
  readonly activation: Activation;
}

interface Inputs {
  readonly x: tf.Tensor;
  readonly scale: tf.Tensor1D;
  readonly offset: tf.Tensor1D;
}

type Three = [tf.Tensor, tf.Tensor, tf.Tensor];
type Five = [...Three, tf.Tensor, tf.Tensor];

interface GradientInputs extends Inputs {
  readonly dy: tf.Tensor;
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalisation with the statistics of this batch, and the activation after it.
 *
 * `x` is [..., channels]; `scale` and `offset` are [channels].
 * Returns `act((x − mean) / sqrt(variance + epsilon) · scale + offset)`, and the mean and the
 * biased variance over everything but the channels, [channels] each. Gradients flow through the
 * first result only.
 */
export function batchNormTrain<T extends tf.Tensor>(
  x: T,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  attrs: NormAttributes,
): [T, tf.Tensor1D, tf.Tensor1D] {
  const inputs = { x, scale, offset };
  const results = runKernel('BatchNormTrain', inputs, attrs);
  return results as unknown as [T, tf.Tensor1D, tf.Tensor1D];
}

export const batchNormTrainKernel = composedKernel<Inputs, NormAttributes>(
  'BatchNormTrain',
  ({ x, scale, offset }, { epsilon, activation }) =>
    tf.tidy(() => {
      const axes = reducedAxes(x);
      const mean = tf.mean(x, axes);
      const centred = tf.sub(x, mean);
      const variance = tf.mean(tf.square(centred), axes);
      const normalised = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
      const y = activate(tf.add(tf.mul(normalised, scale), offset), activation);
      return [y, mean, variance];
    }),
  {
    inputsToSave: ['x', 'scale', 'offset'],
    outputsToSave: [false, true, true],
    gradFunc: (dys, saved, attrs) => {
      const dy = firstGradient(dys);
      const [x, scale, offset, mean, variance] = saved as Five;
      // Computed here and not in the thunks: each thunk runs in a tidy of its own, which would
      // dispose of the other two results.
      const inputs = { dy, x, scale, offset, mean, variance };
      // `dy` is given back after this (see releasingGradient): its memory may become dx's.
      const all = runKernel('BatchNormTrainGrad', inputs, { ...attrs, consume: true });
      const [dx, dscale, doffset] = all as Three;
      return { x: () => dx, scale: () => dscale, offset: () => doffset };
    },
  },
);

export const batchNormTrainGradKernel = composedKernel<GradientInputs, NormAttributes>(
  'BatchNormTrainGrad',
  ({ dy, x, scale, offset, mean, variance }, { epsilon, activation }) =>
    tf.tidy(() => {
      const axes = reducedAxes(x);
      const count = x.size / scale.size;
      const inverse = tf.rsqrt(tf.add(variance, epsilon));
      const normalised = tf.mul(tf.sub(x, mean), inverse);
      const z = tf.add(tf.mul(normalised, scale), offset);
      const dz = activationGradient(dy, z, activation);
      const doffset = tf.sum(dz, axes);
      const dscale = tf.sum(tf.mul(dz, normalised), axes);
      const shared = tf.add(tf.div(doffset, count), tf.mul(normalised, tf.div(dscale, count)));
      const dx = tf.mul(tf.sub(dz, shared), tf.mul(scale, inverse));
      return [dx, dscale, doffset];
    }),
);

function reducedAxes(x: tf.Tensor): number[] {
  return Array.from({ length: x.shape.length - 1 }, (_, axis) => axis);
}
