import { Conv2DBackpropInput, type KernelFunc } from '@tensorflow/tfjs-core';
import { type KernelDefinition, tensorInput } from '../definition.ts';
import { type ConvAttributes, convGeometry, patchRows, requireStock } from '../planes.ts';

/** dy [n, oh, ow, oc], filter [kh, kw, c, oc] -> dx [n, h, w, c], the shape in attrs.inputShape */
export const conv2DBackpropInput: KernelDefinition = {
  name: Conv2DBackpropInput,
  build(context, stock): KernelFunc {
    return (call) => {
      const dy = tensorInput(call.inputs, 'dy');
      const filter = tensorInput(call.inputs, 'filter');
      const attributes = call.attrs as unknown as ConvAttributes & { inputShape: number[] };
      const geometry = convGeometry(attributes.inputShape, filter.shape, attributes, false);
      if (geometry.dataFormat !== 'channelsLast') {
        return requireStock(stock, Conv2DBackpropInput)(call);
      }
      const { inChannels, outChannels, filterHeight, filterWidth, padInfo } = geometry;
      const patch = filterHeight * filterWidth * inChannels;
      const floats = patchRows * patch + outChannels * Math.ceil(patch / 8) * 8;
      const [scratch = 0] = context.scratch(floats);
      const dx = context.output(geometry.inShape);
      context.functions.convInputGrad(
        context.address(dy),
        context.address(filter),
        dx.address,
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
      return dx.info;
    };
  },
};
