import { DepthwiseConv2dNativeBackpropInput, type KernelFunc } from '@tensorflow/tfjs-core';
import { type KernelDefinition, tensorInput } from '../definition.ts';
import {
  type ConvAttributes,
  convGeometry,
  coversDepthwise,
  inputGradAxis,
  packedFilterFloats,
  planes,
  requireStock,
} from '../planes.ts';

/** dy [n, oh, ow, c], filter [kh, kw, c, 1] -> dx [n, h, w, c], the shape in attrs.inputShape */
export const depthwiseBackpropInput: KernelDefinition = {
  name: DepthwiseConv2dNativeBackpropInput,
  build(context, stock): KernelFunc {
    return (call) => {
      const dy = tensorInput(call.inputs, 'dy');
      const filter = tensorInput(call.inputs, 'filter');
      const attributes = call.attrs as unknown as ConvAttributes & { inputShape: number[] };
      const geometry = convGeometry(attributes.inputShape, filter.shape, attributes, true);
      if (!coversDepthwise(geometry)) {
        return requireStock(stock, DepthwiseConv2dNativeBackpropInput)(call);
      }
      const { inChannels, inHeight, inWidth, filterHeight, filterWidth, padInfo } = geometry;
      const stride = geometry.strideHeight;
      const rows = inputGradAxis(inHeight, filterHeight, stride, padInfo.top);
      const columns = inputGradAxis(inWidth, filterWidth, stride, padInfo.left);
      const layout = planes(rows.planeSize, columns.planeSize, inChannels);
      const [planesAddress = 0, packed = 0] = context.scratch(
        layout.floats,
        packedFilterFloats(filter, inChannels),
      );
      const dx = context.output(geometry.inShape);
      context.functions.depthwiseInputGrad(
        context.address(dy),
        context.address(filter),
        dx.address,
        geometry.batchSize,
        inHeight,
        inWidth,
        inChannels,
        filterHeight,
        filterWidth,
        stride,
        geometry.outHeight,
        geometry.outWidth,
        padInfo.top,
        padInfo.left,
        rows.before,
        columns.before,
        layout.height,
        layout.width,
        layout.bytes,
        planesAddress,
        packed,
      );
      return dx.info;
    };
  },
};
