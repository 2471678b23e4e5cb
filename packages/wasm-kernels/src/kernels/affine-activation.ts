import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { type Activation, activationCode } from '../activation.ts';
import { assertChannels, dimension, type KernelDefinition, tensorInput } from '../definition.ts';

/**
 * activation(x * scale + offset): batch normalisation with known statistics, folded.
 * x [..., c], scale [c], offset [c] -> the shape of x. attrs: activation.
 */
export const affineActivation: KernelDefinition = {
  name: 'AffineActivation',
  build(context): KernelFunc {
    return ({ inputs, attrs }) => {
      const x = tensorInput(inputs, 'x');
      const scale = tensorInput(inputs, 'scale');
      const offset = tensorInput(inputs, 'offset');
      const { activation } = attrs as { activation: Activation };
      const channels = dimension(x, -1);
      assertChannels(scale, channels, 'scale');
      assertChannels(offset, channels, 'offset');
      const y = context.output(x.shape);
      context.functions.affineActivation(
        context.address(x),
        context.address(scale),
        context.address(offset),
        y.address,
        util.sizeFromShape(x.shape) / channels,
        channels,
        activationCode(activation),
      );
      return [y.info];
    };
  },
};
