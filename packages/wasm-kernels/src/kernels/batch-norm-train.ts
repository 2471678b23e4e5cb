import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { type Activation, activationCode } from '../activation.ts';
import { assertChannels, dimension, type KernelDefinition, tensorInput } from '../definition.ts';

/**
 * Batch normalisation with the batch's statistics, and the activation after it.
 * x [..., c], scale [c], offset [c] -> y (shape of x), mean [c], variance [c] (biased).
 * attrs: epsilon, activation.
 */
export const batchNormTrain: KernelDefinition = {
  name: 'BatchNormTrain',
  build(context): KernelFunc {
    return ({ inputs, attrs }) => {
      const x = tensorInput(inputs, 'x');
      const scale = tensorInput(inputs, 'scale');
      const offset = tensorInput(inputs, 'offset');
      const { epsilon, activation } = attrs as { epsilon: number; activation: Activation };
      const channels = dimension(x, -1);
      assertChannels(scale, channels, 'scale');
      assertChannels(offset, channels, 'offset');
      const y = context.output(x.shape);
      const mean = context.output([channels]);
      const variance = context.output([channels]);
      const [factor = 0] = context.scratch(channels);
      context.functions.batchNormTrain(
        context.address(x),
        context.address(scale),
        context.address(offset),
        y.address,
        mean.address,
        variance.address,
        factor,
        util.sizeFromShape(x.shape) / channels,
        channels,
        epsilon,
        activationCode(activation),
      );
      return [y.info, mean.info, variance.info];
    };
  },
};
