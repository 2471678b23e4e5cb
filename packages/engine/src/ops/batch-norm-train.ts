import * as tf from '@tensorflow/tfjs-core';
import { activate, activationGradient } from './activation.ts';
import { type Activation, composedKernel, firstGradient, runKernel } from './kernel.ts';

interface Attributes {
  readonly epsilon: number;
  readonly activation: Activation;
}

interface KernelAttributes extends Attributes {
  /** Whether the result's spatial mean is wanted as well. */
  readonly pool?: boolean;
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
  /** Of the spatial mean, [batch, channels], where there was one. */
  readonly dpooled?: tf.Tensor2D;
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
  attrs: Attributes,
): [T, tf.Tensor1D, tf.Tensor1D] {
  const inputs = { x, scale, offset };
  const results = runKernel('BatchNormTrain', inputs, attrs);
  return results as unknown as [T, tf.Tensor1D, tf.Tensor1D];
}

/**
 * As {@link batchNormTrain} for `x` [batch, height, width, channels], and as a fourth result its
 * mean over height and width, [batch, channels], through which gradients flow too.
 */
export function batchNormPoolTrain(
  x: tf.Tensor4D,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  attrs: Attributes,
): [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, tf.Tensor2D] {
  const results = runKernel('BatchNormTrain', { x, scale, offset }, { ...attrs, pool: true });
  return results as unknown as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, tf.Tensor2D];
}

export const batchNormTrainKernel = composedKernel<Inputs, KernelAttributes>(
  'BatchNormTrain',
  ({ x, scale, offset }, { epsilon, activation, pool = false }) =>
    tf.tidy(() => {
      const axes = reducedAxes(x);
      const mean = tf.mean(x, axes);
      const centred = tf.sub(x, mean);
      const variance = tf.mean(tf.square(centred), axes);
      const normalised = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
      const y = activate(tf.add(tf.mul(normalised, scale), offset), activation);
      return pool ? [y, mean, variance, tf.mean(y, [1, 2])] : [y, mean, variance];
    }),
  {
    inputsToSave: ['x', 'scale', 'offset'],
    outputsToSave: [false, true, true],
    gradFunc: (dys, saved, attrs) => {
      const dy = firstGradient(dys);
      const [x, scale, offset, mean, variance] = saved as Five;
      // Computed here and not in the thunks: each thunk runs in a tidy of its own, which would
      // dispose of the other two results.
      const dpooled = Array.isArray(dys) ? dys[3] : undefined;
      const inputs = { dy, x, scale, offset, mean, variance, ...(dpooled && { dpooled }) };
      // `dy` is given back after this (see releasingGradient): its memory may become dx's.
      const all = runKernel('BatchNormTrainGrad', inputs, { ...attrs, consume: true });
      const [dx, dscale, doffset] = all as Three;
      return { x: () => dx, scale: () => dscale, offset: () => doffset };
    },
  },
);

export const batchNormTrainGradKernel = composedKernel<GradientInputs, Attributes>(
  'BatchNormTrainGrad',
  ({ dy, dpooled, x, scale, offset, mean, variance }, { epsilon, activation }) =>
    tf.tidy(() => {
      const axes = reducedAxes(x);
      const count = x.size / scale.size;
      const inverse = tf.rsqrt(tf.add(variance, epsilon));
      const normalised = tf.mul(tf.sub(x, mean), inverse);
      const z = tf.add(tf.mul(normalised, scale), offset);
      const total = dpooled === undefined ? dy : tf.add(dy, spreadOver(dpooled, x));
      const dz = activationGradient(total, z, activation);
      const doffset = tf.sum(dz, axes);
      const dscale = tf.sum(tf.mul(dz, normalised), axes);
      const shared = tf.add(tf.div(doffset, count), tf.mul(normalised, tf.div(dscale, count)));
      const dx = tf.mul(tf.sub(dz, shared), tf.mul(scale, inverse));
      return [dx, dscale, doffset];
    }),
);

/** The gradient of the pixels from that of their mean, to be broadcast. */
function spreadOver(dpooled: tf.Tensor2D, x: tf.Tensor): tf.Tensor {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  return tf.div(tf.reshape(dpooled, [batch, 1, 1, channels]), height * width);
}

function reducedAxes(x: tf.Tensor): number[] {
  return Array.from({ length: x.shape.length - 1 }, (_, axis) => axis);
}
