import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { type Activation, activationCode } from '../activation.ts';
import { assertChannels, dimension, type KernelDefinition, tensorInput } from '../definition.ts';

interface Attributes {
  epsilon: number;
  activation: Activation;
  /** Whether y's mean over each image's pixels is wanted too. */
  pool?: boolean;
}

/**
 * Batch normalisation with the batch's statistics, and the activation after it.
 * x [..., c], scale [c], offset [c] -> y (shape of x), mean [c], variance [c] (biased), and when
 * `pool`, for x [n, h, w, c], y's spatial mean [n, c]. attrs: epsilon, activation, pool.
 */
export const batchNormTrain: KernelDefinition = {
  name: 'BatchNormTrain',
  build(context): KernelFunc {
    return ({ inputs, attrs }) => {
      const x = tensorInput(inputs, 'x');
      const scale = tensorInput(inputs, 'scale');
      const offset = tensorInput(inputs, 'offset');
      const { epsilon, activation, pool = false } = attrs as unknown as Attributes;
      const channels = dimension(x, -1);
      assertChannels(scale, channels, 'scale');
      assertChannels(offset, channels, 'offset');
      const y = context.output(x.shape);
      const mean = context.output([channels]);
      const variance = context.output([channels]);
      const images = pool ? dimension(x, 0) : 1;
      const pooled = pool ? context.output([images, channels]) : null;
      const [scratch = 0] = context.scratch(2 * channels);
      context.functions.batchNormTrain(
        context.address(x),
        context.address(scale),
        context.address(offset),
        y.address,
        mean.address,
        variance.address,
        pooled?.address ?? 0,
        scratch,
        images,
        util.sizeFromShape(x.shape) / (images * channels),
        channels,
        epsilon,
        activationCode(activation),
      );
      const results = [y.info, mean.info, variance.info];
      return pooled === null ? results : [...results, pooled.info];
    };
  },
};
