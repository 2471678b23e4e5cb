import { DepthwiseConv2dNative, type KernelFunc } from '@tensorflow/tfjs-core';
import { type KernelDefinition, tensorInput } from '../definition.ts';
import {
  type ConvAttributes,
  convGeometry,
  coversDepthwise,
  packedFilterFloats,
  planes,
  requireStock,
} from '../planes.ts';

/** x [n, h, w, c], filter [kh, kw, c, 1] -> [n, oh, ow, c] */
export const depthwiseConv2d: KernelDefinition = {
  name: DepthwiseConv2dNative,
  build(context, stock): KernelFunc {
    return (call) => {
      const x = tensorInput(call.inputs, 'x');
      const filter = tensorInput(call.inputs, 'filter');
      const attributes = call.attrs as unknown as ConvAttributes;
      const geometry = convGeometry(x.shape, filter.shape, attributes, true);
      if (!coversDepthwise(geometry)) return requireStock(stock, DepthwiseConv2dNative)(call);

      const { inChannels, filterHeight, filterWidth, outHeight, outWidth, padInfo } = geometry;
      const stride = geometry.strideHeight;
      const layout = planes(
        (outHeight - 1) * stride + filterHeight,
        (outWidth - 1) * stride + filterWidth,
        inChannels,
      );
      const [planesAddress = 0, packed = 0] = context.scratch(
        layout.floats,
        packedFilterFloats(filter, inChannels),
      );
      const out = context.output(geometry.outShape);
      context.functions.depthwise(
        context.address(x),
        context.address(filter),
        out.address,
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
        packed,
      );
      return out.info;
    };
  },
};
