import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { type Activation, activationCode } from '../activation.ts';
import { assertChannels, dimension, type KernelDefinition, tensorInput } from '../definition.ts';

interface Attributes {
  epsilon: number;
  activation: Activation;
}

/**
 * Batch normalisation with the batch's statistics, and the activation after it.
 * x [..., c], scale [c], offset [c] -> y (shape of x), mean [c], variance [c] (biased).
 * attrs: epsilon, activation.
 */
export const batchNormTrain = batchNorm('BatchNormTrain', false);

/** The same for x [n, h, w, c], with y's spatial mean [n, c] as a fourth result. */
export const batchNormPoolTrain = batchNorm('BatchNormPoolTrain', true);

function batchNorm(name: string, pool: boolean): KernelDefinition {
  return {
    name,
    build(context): KernelFunc {
      return ({ inputs, attrs }) => {
        const x = tensorInput(inputs, 'x');
        const scale = tensorInput(inputs, 'scale');
        const offset = tensorInput(inputs, 'offset');
        const { epsilon, activation } = attrs as unknown as Attributes;
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
}
