import type * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../../ops/kernel.ts';
import { activationFunctions } from './activation-wgsl.ts';
import { runChannelSum } from './channel-sum.ts';
import { runPointwise } from './pointwise.ts';

interface Attributes {
  readonly epsilon: number;
  readonly activation: Activation;
}

type Inputs = Readonly<Record<'x' | 'scale' | 'offset', tf.TensorInfo>>;
type GradientInputs = Inputs & Readonly<Record<'dy' | 'mean' | 'variance', tf.TensorInfo>>;

const uniformsOf = (epsilon: number) => ({ epsilon: { type: 'f32', value: epsilon } }) as const;

/** Three programs in place of thirteen: mean, variance in a second pass, normalisation. */
export const batchNormTrain: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const { x, scale, offset } = inputs as Inputs;
  const { epsilon, activation } = attrs as unknown as Attributes;
  const sum = overAllButChannels(x);
  const mean = runChannelSum(backend, {
    ...sum,
    ...{ key: 'mean', inputs: { x }, factor: 1 / sum.rows, value: 'x[i]' },
  });
  const variance = runChannelSum(backend, {
    ...sum,
    ...{ key: 'variance', inputs: { x, mean }, factor: 1 / sum.rows },
    value: '(x[i] - mean[c]) * (x[i] - mean[c])',
  });
  const y = runPointwise(backend, {
    ...{ key: `normalise ${activation}`, inputs: { x, mean, variance, scale, offset } },
    ...{ outputShape: x.shape, uniforms: uniformsOf(epsilon) },
    functions: activationFunctions(activation),
    value: `activate(
      (x[i] - mean[c]) * inverseSqrt(variance[c] + uniforms.epsilon) * scale[c] + offset[c])`,
  });
  return [y, mean, variance];
};

/** Both sums recompute what they add up, which is cheaper than to store it for them. */
export const batchNormTrainGrad: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const { dy, x, scale, offset, mean, variance } = inputs as GradientInputs;
  const { epsilon, activation } = attrs as unknown as Attributes;
  const sum = overAllButChannels(x);
  // WebGPU guarantees eight buffers to a program: the four of a channel go into one.
  const norm = runPointwise(backend, {
    ...{ key: 'norm', inputs: { mean, variance, scale, offset } },
    ...{ outputShape: [4, sum.channels], uniforms: uniformsOf(epsilon) },
    functions: `fn part(row : i32, c : i32) -> f32 {
      switch row {
        case 0: { return mean[c]; }
        case 1: { return inverseSqrt(variance[c] + uniforms.epsilon); }
        case 2: { return scale[c]; }
        default: { return offset[c]; }
      }
    }`,
    value: 'part(i / uniforms.channels, c)',
  });
  const common = {
    inputs: { dy, x, norm },
    functions: `
      ${activationFunctions(activation)}
      fn inverse(c : i32) -> f32 { return norm[uniforms.channels + c]; }
      fn factor(c : i32) -> f32 { return norm[2 * uniforms.channels + c]; }
      fn normal(i : i32, c : i32) -> f32 { return (x[i] - norm[c]) * inverse(c); }
      fn dz(i : i32, c : i32) -> f32 {
        return dy[i] * slope(normal(i, c) * factor(c) + norm[3 * uniforms.channels + c]);
      }`,
  };
  const doffset = runChannelSum(backend, {
    ...{ ...sum, ...common },
    ...{ key: `norm doffset ${activation}`, value: 'dz(i, c)' },
  });
  const dscale = runChannelSum(backend, {
    ...{ ...sum, ...common },
    ...{ key: `norm dscale ${activation}`, value: 'dz(i, c) * normal(i, c)' },
  });
  const dx = runPointwise(backend, {
    key: `norm dx ${activation}`,
    inputs: { ...common.inputs, doffset, dscale },
    uniforms: { count: { type: 'f32', value: sum.rows } },
    outputShape: x.shape,
    functions: common.functions,
    value: `(dz(i, c) - (doffset[c] + normal(i, c) * dscale[c]) / uniforms.count) *
      factor(c) * inverse(c)`,
  });
  (backend as tf.KernelBackend).disposeData(norm.dataId);
  return [dx, dscale, doffset];
};

function overAllButChannels({ shape }: tf.TensorInfo) {
  const channels = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
  return { groups: 1, rows, channels, outputShape: [channels] };
}
