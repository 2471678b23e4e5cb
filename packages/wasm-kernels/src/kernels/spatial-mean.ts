import type { KernelFunc } from '@tensorflow/tfjs-core';
import { dimension, type KernelDefinition, tensorInput } from '../definition.ts';

/** Mean over all pixels: x [n, h, w, c] -> [n, c]. */
export const spatialMean: KernelDefinition = {
  name: 'SpatialMean',
  build(context): KernelFunc {
    return ({ inputs }) => {
      const x = tensorInput(inputs, 'x');
      const batch = dimension(x, 0);
      const pixels = dimension(x, 1) * dimension(x, 2);
      const channels = dimension(x, 3);
      const out = context.output([batch, channels]);
      context.functions.spatialMean(context.address(x), out.address, batch, pixels, channels);
      return out.info;
    };
  },
};

/** Gradient of SpatialMean: dy [n, c] -> [n, height, width, c]. attrs: height, width. */
export const spatialMeanGrad: KernelDefinition = {
  name: 'SpatialMeanGrad',
  build(context): KernelFunc {
    return ({ inputs, attrs }) => {
      const dy = tensorInput(inputs, 'dy');
      const { height, width } = attrs as { height: number; width: number };
      const batch = dimension(dy, 0);
      const channels = dimension(dy, 1);
      const out = context.output([batch, height, width, channels]);
      const pixels = height * width;
      context.functions.spatialMeanGrad(context.address(dy), out.address, batch, pixels, channels);
      return out.info;
    };
  },
};
