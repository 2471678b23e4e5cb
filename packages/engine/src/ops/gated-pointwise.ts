import * as tf from '@tensorflow/tfjs-core';
import { channelGate } from './channel-gate.ts';
import { firstGradient, runKernel, runKernelForOne } from './kernel.ts';
import { pointwise } from './pointwise.ts';

type Three = [tf.Tensor, tf.Tensor, tf.Tensor];

/**
 * A 1×1 convolution of what a gate leaves of `x`: `x` [batch, height, width, in], `gate` [batch, in],
 * `kernel` [1, 1, in, out] → [batch, height, width, out]. A back end with a kernel for it never
 * stores the gated features; the others compute one after the other.
 */
export function gatedPointwise(x: tf.Tensor4D, gate: tf.Tensor2D, kernel: tf.Tensor): tf.Tensor4D {
  if (tf.getKernel('GatedPointwise', tf.getBackend()) == null) {
    return pointwise(channelGate(x, gate), kernel);
  }
  const [, , inputs, outputs] = kernel.shape as [number, number, number, number];
  const matrix = tf.reshape(kernel, [inputs, outputs]);
  return runKernelForOne('GatedPointwise', { x, gate, kernel: matrix });
}

export const gatedPointwiseGradient: tf.GradConfig = {
  kernelName: 'GatedPointwise',
  inputsToSave: ['x', 'gate', 'kernel'],
  gradFunc: (dys, saved) => {
    const [x, gate, kernel] = saved as Three;
    const dy = firstGradient(dys);
    const all = runKernel('GatedPointwiseGrad', { dy, x, gate, kernel });
    const [dx, dgate, dkernel] = all as Three;
    return { x: () => dx, gate: () => dgate, kernel: () => dkernel };
  },
};
