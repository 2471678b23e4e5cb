import { Conv2DBackpropFilter, type KernelFunc } from '@tensorflow/tfjs-core';
import { type KernelDefinition, tensorInput } from '../definition.ts';
import { type ConvAttributes, convGeometry, patchRows, requireStock } from '../planes.ts';

/** x [n, h, w, c], dy [n, oh, ow, oc] -> dfilter [kh, kw, c, oc], the shape in attrs.filterShape */
export const conv2DBackpropFilter: KernelDefinition = {
  name: Conv2DBackpropFilter,
  build(context, stock): KernelFunc {
    return (call) => {
      const x = tensorInput(call.inputs, 'x');
      const dy = tensorInput(call.inputs, 'dy');
      const attributes = call.attrs as unknown as ConvAttributes & { filterShape: number[] };
      const geometry = convGeometry(x.shape, attributes.filterShape, attributes, false);
      if (geometry.dataFormat !== 'channelsLast') {
        return requireStock(stock, Conv2DBackpropFilter)(call);
      }
      const { inChannels, outChannels, filterHeight, filterWidth, padInfo } = geometry;
      const patch = filterHeight * filterWidth * inChannels;
      const panels = Math.ceil(patch / 4) * 4 + Math.ceil(outChannels / 8) * 8;
      const [scratch = 0] = context.scratch(patchRows * (patch + panels));
      const dfilter = context.output(attributes.filterShape);
      context.functions.convFilterGrad(
        context.address(x),
        context.address(dy),
        dfilter.address,
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
      return dfilter.info;
    };
  },
};
