import type { KernelFunc } from '@tensorflow/tfjs-core';
import { assertShape, type KernelDefinition, tensorInput } from '../definition.ts';
import { gatedSizes } from './gated-pointwise.ts';

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;

/**
 * Gradient of GatedPointwise: dy [n, h, w, o], x [n, h, w, c], gate [n, c], kernel [c, o] ->
 * dx [n, h, w, c], dgate [n, c], dkernel [c, o].
 */
export const gatedPointwiseGrad: KernelDefinition = {
  name: 'GatedPointwiseGrad',
  build(context): KernelFunc {
    return ({ inputs }) => {
      const dy = tensorInput(inputs, 'dy');
      const x = tensorInput(inputs, 'x');
      const gate = tensorInput(inputs, 'gate');
      const kernel = tensorInput(inputs, 'kernel');
      const { images, pixels, channels, outChannels } = gatedSizes(x, gate, kernel);
      assertShape(dy, [...x.shape.slice(0, 3), outChannels], 'dy');
      const padded = roundUp(channels, 8);
      const [scratch = 0] = context.scratch(
        2 * padded * outChannels +
          padded +
          channels * outChannels +
          64 * (padded + roundUp(outChannels, 8)),
      );
      const dx = context.output(x.shape);
      const dgate = context.output(gate.shape);
      const dkernel = context.output(kernel.shape);
      context.functions.gatedPointwiseGrad(
        context.address(dy),
        context.address(x),
        context.address(gate),
        context.address(kernel),
        dx.address,
        dgate.address,
        dkernel.address,
        images,
        pixels,
        channels,
        outChannels,
        scratch,
      );
      return [dx.info, dgate.info, dkernel.info];
    };
  },
};
