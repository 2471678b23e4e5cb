import type * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../../ops/kernel.ts';
import { activationFunctions } from './activation-wgsl.ts';
import { runPointwise } from './pointwise.ts';

/** One program in place of up to four. */
export const affineActivation: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const { x, scale, offset } = inputs as Record<'x' | 'scale' | 'offset', tf.TensorInfo>;
  const { activation } = attrs as { activation?: unknown } as { activation: Activation };
  return runPointwise(backend, {
    key: `affine ${activation}`,
    inputs: { x, scale, offset },
    outputShape: x.shape,
    functions: activationFunctions(activation),
    value: 'activate(x[i] * scale[c] + offset[c])',
  });
};
