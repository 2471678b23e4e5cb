import * as tf from '@tensorflow/tfjs-core';
import { composedKernel, firstGradient, runKernel, runKernelForOne } from './kernel.ts';

interface Inputs {
  readonly x: tf.Tensor4D;
  readonly gate: tf.Tensor2D;
}

/**
 * Every channel of every image times its gate: `x` [batch, height, width, channels] times `gate`
 * [batch, channels], in the shape of `x`.
 */
export function channelGate(x: tf.Tensor4D, gate: tf.Tensor2D): tf.Tensor4D {
  return runKernelForOne('ChannelGate', { x, gate });
}

export const channelGateKernel = composedKernel<Inputs, undefined>(
  'ChannelGate',
  ({ x, gate }) => tf.tidy(() => tf.mul(x, spread(gate))),
  {
    inputsToSave: ['x', 'gate'],
    gradFunc: (dys, saved) => {
      const [x, gate] = saved as [tf.Tensor4D, tf.Tensor2D];
      const dy = firstGradient(dys);
      const [dx, dgate] = runKernel('ChannelGateGrad', { dy, x, gate }) as [tf.Tensor, tf.Tensor];
      return { x: () => dx, gate: () => dgate };
    },
  },
);

export const channelGateGradKernel = composedKernel<Inputs & { dy: tf.Tensor4D }, undefined>(
  'ChannelGateGrad',
  ({ dy, x, gate }) => tf.tidy(() => [tf.mul(dy, spread(gate)), tf.sum(tf.mul(dy, x), [1, 2])]),
);

function spread(gate: tf.Tensor2D): tf.Tensor4D {
  const [batch, channels] = gate.shape;
  return tf.reshape(gate, [batch, 1, 1, channels]);
}
