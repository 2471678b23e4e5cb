import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { type Activation, activationCode } from '../activation.ts';
import {
  assertChannels,
  assertSameShape,
  assertShape,
  dimension,
  type KernelDefinition,
  tensorInput,
} from '../definition.ts';

interface Attributes {
  epsilon: number;
  activation: Activation;
  /** Whether dy is not needed afterwards. */
  consume?: boolean;
}

/**
 * Gradient of BatchNormTrain, through the batch's mean and variance.
 * dy and x [..., c], scale, offset, mean, variance [c] -> dx (shape of x), dscale [c], doffset [c].
 * attrs: epsilon, activation, as in the forward pass; `consume` allows dx to take the place of dy.
 */
export const batchNormTrainGrad = batchNormGrad('BatchNormTrainGrad', false);

/** The same of BatchNormPoolTrain: dpooled [n, c] is given too. */
export const batchNormPoolTrainGrad = batchNormGrad('BatchNormPoolTrainGrad', true);

function batchNormGrad(name: string, pool: boolean): KernelDefinition {
  return {
    name,
    build(context): KernelFunc {
      return ({ inputs, attrs }) => {
        const dy = tensorInput(inputs, 'dy');
        const x = tensorInput(inputs, 'x');
        const { epsilon, activation, consume = false } = attrs as unknown as Attributes;
        const channels = dimension(x, -1);
        assertSameShape(dy, x, 'BatchNormTrainGrad');
        const vectors = ['scale', 'offset', 'mean', 'variance'].map((name) => {
          const vector = tensorInput(inputs, name);
          assertChannels(vector, channels, name);
          return context.address(vector);
        });
        const dpooled = pool ? tensorInput(inputs, 'dpooled') : null;
        const images = pool ? dimension(x, 0) : 1;
        if (dpooled !== null) assertShape(dpooled, [images, channels], 'dpooled');
        const dx = consume ? context.reuse(dy) : context.output(x.shape);
        const dscale = context.output([channels]);
        const doffset = context.output([channels]);
        const [scratch = 0] = context.scratch(6 * channels);
        context.functions.batchNormTrainGrad(
          context.address(dy),
          context.address(x),
          ...vectors,
          dpooled === null ? 0 : context.address(dpooled),
          dx.address,
          dscale.address,
          doffset.address,
          scratch,
          images,
          util.sizeFromShape(x.shape) / (images * channels),
          channels,
          epsilon,
          activationCode(activation),
        );
        return [dx.info, dscale.info, doffset.info];
      };
    },
  };
}
