import * as tf from '@tensorflow/tfjs-core';
import { activate } from '../../ops/activation.ts';
import type { Activation } from '../../ops/kernel.ts';
import { activationGradientOf } from './activation-gradient.ts';
import { floatType, type TensorflowBackend } from './binding.ts';

interface Attributes {
  readonly epsilon: number;
  readonly activation: Activation;
}

type KernelCall = Parameters<tf.KernelFunc>[0];
type Three = [tf.Tensor, tf.Tensor, tf.Tensor];
type Five = [...Three, tf.Tensor, tf.Tensor];

/**
 * `BatchNormTrain` and its derivative (see ops/batch-norm-train.ts) by TensorFlow's fused operations:
 * one or two passes over the map where the composed kernels take five and twelve. On the processor
 * only: on a GPU the fused operations keep other things between forward and backward.
 */
export const batchNormKernels: readonly tf.KernelConfig[] = [
  { kernelName: 'BatchNormTrain', backendName: 'tensorflow', kernelFunc: train },
  { kernelName: 'BatchNormTrainGrad', backendName: 'tensorflow', kernelFunc: trainGrad },
];

function train({ inputs, attrs, backend }: KernelCall): tf.Tensor[] {
  const { x, scale, offset } = inputs as Record<'x' | 'scale' | 'offset', tf.Tensor>;
  const { epsilon, activation } = attrs as unknown as Attributes;
  const tensorflow = backend as TensorflowBackend;
  return tf.tidy(() => {
    const none = tf.tensor1d([]);
    const operands = [asMap(x), scale, offset, none, none];
    // After the mean comes the unbiased variance; the biased one is kept for the backward pass.
    const [z, mean, , , variance] = normalise(tensorflow, operands, epsilon, true);
    const y = tf.reshape(activate(z, activation), x.shape);
    return [y, mean, variance];
  });
}

function trainGrad({ inputs, attrs, backend }: KernelCall): tf.Tensor[] {
  const { dy, x, scale, offset, mean, variance } = inputs as Record<
    'dy' | 'x' | 'scale' | 'offset' | 'mean' | 'variance',
    tf.Tensor
  >;
  const { epsilon, activation } = attrs as unknown as Attributes;
  const tensorflow = backend as TensorflowBackend;
  return tf.tidy(() => {
    const map = asMap(x);
    const z = () => normalise(tensorflow, [map, scale, offset, mean, variance], epsilon, false)[0];
    const dz = activationGradientOf(tensorflow, asMap(dy), z, activation);
    const [dx, dscale, doffset] = tensorflow.executeMultipleOutputs(
      'FusedBatchNormGradV3',
      attributes(tensorflow, epsilon, true),
      [dz, map, scale, mean, variance, tf.tensor1d([])],
      5,
    ) as Five;
    return [tf.reshape(dx, x.shape), dscale, doffset];
  });
}

/** With the statistics of this batch, or with those that the last two operands give. */
function normalise(
  backend: TensorflowBackend,
  operands: readonly tf.Tensor[],
  epsilon: number,
  training: boolean,
): Five {
  const { binding } = backend;
  // All of the new statistics and nothing of the old.
  const share = { name: 'exponential_avg_factor', type: binding.TF_ATTR_FLOAT, value: 1 };
  return backend.executeMultipleOutputs(
    'FusedBatchNormV3',
    [...attributes(backend, epsilon, training), share],
    operands,
    6,
  ) as unknown as Five;
}

function attributes({ binding }: TensorflowBackend, epsilon: number, training: boolean) {
  return [
    floatType(binding),
    { name: 'U', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: epsilon },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: binding.TF_ATTR_BOOL, value: training },
  ];
}

/** TensorFlow's operations want [batch, height, width, channels]. */
function asMap(x: tf.Tensor): tf.Tensor {
  const channels = x.shape.at(-1) as number;
  return x.rank === 4 ? x : tf.reshape(x, [x.size / channels, 1, 1, channels]);
}
