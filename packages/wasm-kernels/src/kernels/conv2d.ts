import { Conv2D, type KernelFunc } from '@tensorflow/tfjs-core';
import { type KernelDefinition, tensorInput } from '../definition.ts';
import { type ConvAttributes, convGeometry, patchRows, requireStock } from '../planes.ts';

/**
 * x [n, h, w, c], filter [kh, kw, c, oc] -> [n, oh, ow, oc]. tfjs's own kernel takes dilations; it is
 * wrong for 'same' padding where the stride exceeds the filter.
 */
export const conv2D: KernelDefinition = {
  name: Conv2D,
  build(context, stock): KernelFunc {
    return (call) => {
      const x = tensorInput(call.inputs, 'x');
      const filter = tensorInput(call.inputs, 'filter');
      const attributes = call.attrs as unknown as ConvAttributes;
      const geometry = convGeometry(x.shape, filter.shape, attributes, false);
      if (
        geometry.dataFormat !== 'channelsLast' ||
        geometry.dilationHeight * geometry.dilationWidth > 1
      ) {
        return requireStock(stock, Conv2D)(call);
      }
      const { inChannels, outChannels, filterHeight, filterWidth, padInfo } = geometry;
      const patch = filterHeight * filterWidth * inChannels;
      const floats = (patchRows + Math.ceil(outChannels / 8) * 8) * patch;
      const [scratch = 0] = context.scratch(floats);
      const out = context.output(geometry.outShape);
      context.functions.conv(
        context.address(x),
        context.address(filter),
        out.address,
        geometry.batchSize,
        geometry.inHeight,
        geometry.inWidth,
        inChannels,
        filterHeight,
        filterWidth,
        geometry.strideHeight,
        geometry.strideWidth,
        geometry.outHeight,
        geometry.outWidth,
        outChannels,
        padInfo.top,
        padInfo.left,
        scratch,
      );
      return out.info;
    };
  },
};
