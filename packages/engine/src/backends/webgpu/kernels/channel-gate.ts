import type * as tf from '@tensorflow/tfjs-core';
import { runChannelSum } from './channel-sum.ts';
import { type Pointwise, runPointwise } from './pointwise.ts';

/** Every channel of every image times its gate. */
export const channelGate: tf.KernelFunc = ({ inputs, backend }) => {
  const { x, gate } = inputs as Record<'x' | 'gate', tf.TensorInfo>;
  return runPointwise(backend, gated(x, gate));
};

export const channelGateGrad: tf.KernelFunc = ({ inputs, backend }) => {
  const { dy, x, gate } = inputs as Record<'dy' | 'x' | 'gate', tf.TensorInfo>;
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const dx = runPointwise(backend, gated(dy, gate));
  const dgate = runChannelSum(backend, {
    ...{ key: 'gate gradient', inputs: { dy, x }, value: 'dy[i] * x[i]' },
    ...{ groups: batch, rows: height * width, channels, outputShape: [batch, channels] },
  });
  return [dx, dgate];
};

function gated(x: tf.TensorInfo, gate: tf.TensorInfo): Pointwise {
  const [, height = 1, width = 1, channels = 1] = x.shape;
  return {
    ...{ key: 'gate', inputs: { x, gate }, outputShape: x.shape },
    uniforms: { image: { type: 'i32', value: height * width * channels } },
    value: 'x[i] * gate[(i / uniforms.image) * uniforms.channels + c]',
  };
}
