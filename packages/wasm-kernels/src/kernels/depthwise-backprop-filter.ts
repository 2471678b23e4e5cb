import { DepthwiseConv2dNativeBackpropFilter, type KernelFunc } from '@tensorflow/tfjs-core';
import { type KernelDefinition, tensorInput } from '../definition.ts';
import {
  type ConvAttributes,
  convGeometry,
  coversDepthwise,
  planes,
  requireStock,
} from '../planes.ts';

/** x [n, h, w, c], dy [n, oh, ow, c] -> dfilter [kh, kw, c, 1], the shape in attrs.filterShape */
export const depthwiseBackpropFilter: KernelDefinition = {
  name: DepthwiseConv2dNativeBackpropFilter,
  build(context, stock): KernelFunc {
    return (call) => {
      const x = tensorInput(call.inputs, 'x');
      const dy = tensorInput(call.inputs, 'dy');
      const attributes = call.attrs as unknown as ConvAttributes & { filterShape: number[] };
      const geometry = convGeometry(x.shape, attributes.filterShape, attributes, true);
      if (!coversDepthwise(geometry)) {
        return requireStock(stock, DepthwiseConv2dNativeBackpropFilter)(call);
      }
      const { inChannels, filterHeight, filterWidth, outHeight, outWidth, padInfo } = geometry;
      const stride = geometry.strideHeight;
      // Rows of dy are padded with a zero to an even width; x must reach as far.
      const dyLayout = planes(outHeight, Math.ceil(outWidth / 2) * 2, inChannels);
      const layout = planes(
        (outHeight - 1) * stride + filterHeight,
        (dyLayout.width - 1) * stride + filterWidth,
        inChannels,
      );
      const [planesAddress = 0, dyPlanes = 0, sums = 0] = context.scratch(
        layout.floats,
        dyLayout.floats,
        Math.ceil(inChannels / 4) * 8 * filterHeight * filterWidth,
      );
      const dfilter = context.output(attributes.filterShape);
      context.functions.depthwiseFilterGrad(
        context.address(x),
        context.address(dy),
        dfilter.address,
        geometry.batchSize,
        geometry.inHeight,
        geometry.inWidth,
        inChannels,
        filterHeight,
        filterWidth,
        stride,
        outHeight,
        outWidth,
        padInfo.top,
        padInfo.left,
        layout.height,
        layout.width,
        layout.bytes,
        planesAddress,
        dyLayout.width,
        dyLayout.bytes,
        dyPlanes,
        sums,
      );
      return dfilter.info;
    };
  },
};
