import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { type Activation, activationCode } from '../activation.ts';
import {
  assertChannels,
  assertSameShape,
  dimension,
  type KernelDefinition,
  tensorInput,
} from '../definition.ts';

/**
 * Gradient of BatchNormTrain, through the batch's mean and variance.
 * dy and x [..., c], scale, offset, mean, variance [c] -> dx (shape of x), dscale [c], doffset [c].
 * attrs: epsilon, activation, as in the forward pass.
 */
export const batchNormTrainGrad: KernelDefinition = {
  name: 'BatchNormTrainGrad',
  build(context): KernelFunc {
    return ({ inputs, attrs }) => {
      const dy = tensorInput(inputs, 'dy');
      const x = tensorInput(inputs, 'x');
      const { epsilon, activation } = attrs as { epsilon: number; activation: Activation };
      const channels = dimension(x, -1);
      assertSameShape(dy, x, 'BatchNormTrainGrad');
      const vectors = ['scale', 'offset', 'mean', 'variance'].map((name) => {
        const vector = tensorInput(inputs, name);
        assertChannels(vector, channels, name);
        return context.address(vector);
      });
      const dx = context.output(x.shape);
      const dscale = context.output([channels]);
      const doffset = context.output([channels]);
      const [scratch = 0] = context.scratch(3 * channels);
      context.functions.batchNormTrainGrad(
        context.address(dy),
        context.address(x),
        ...vectors,
        dx.address,
        dscale.address,
        doffset.address,
        scratch,
        util.sizeFromShape(x.shape) / channels,
        channels,
        epsilon,
        activationCode(activation),
      );
      return [dx.info, dscale.info, doffset.info];
    };
  },
};
