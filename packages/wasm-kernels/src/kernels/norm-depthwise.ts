import type { KernelFunc, NamedTensorInfoMap } from '@tensorflow/tfjs-core';
import { type Activation, activationCode } from '../activation.ts';
import { assertChannels, type KernelDefinition, tensorInput } from '../definition.ts';
import {
  type ConvAttributes,
  type ConvGeometry,
  convGeometry,
  coversDepthwise,
  packedFilterFloats,
  planes,
} from '../planes.ts';

export interface NormDepthwiseAttributes extends ConvAttributes {
  epsilon: number;
  /** Between the normalisation and the convolution. */
  activation: Activation;
}

/** @throws Error where the inputs are of shapes that the own depthwise kernels leave out. */
export function normDepthwiseGeometry(
  inputs: NamedTensorInfoMap,
  attributes: NormDepthwiseAttributes,
): ConvGeometry {
  const { shape } = tensorInput(inputs, 'x');
  const filter = tensorInput(inputs, 'filter');
  const geometry = convGeometry(shape, filter.shape, attributes, true);
  if (!coversDepthwise(geometry)) {
    throw new Error('NormDepthwise takes one stride, no dilation, channel multiplier 1.');
  }
  for (const name of ['scale', 'offset']) {
    assertChannels(tensorInput(inputs, name), geometry.inChannels, name);
  }
  return geometry;
}

/**
 * Batch normalisation with the batch's statistics, an activation, and a depthwise convolution:
 * x [n, h, w, c], scale [c], offset [c], filter [kh, kw, c, 1] -> out [n, oh, ow, c], and of x
 * mean [c] and variance [c] (biased).
 */
export const normDepthwise: KernelDefinition = {
  name: 'NormDepthwise',
  build(context): KernelFunc {
    return ({ inputs, attrs }) => {
      const attributes = attrs as unknown as NormDepthwiseAttributes;
      const geometry = normDepthwiseGeometry(inputs, attributes);
      const { inChannels, inHeight, inWidth, outHeight, outWidth, padInfo } = geometry;
      const { filterHeight, filterWidth, strideHeight: stride } = geometry;
      const filter = tensorInput(inputs, 'filter');
      const layout = planes(
        (outHeight - 1) * stride + filterHeight,
        (outWidth - 1) * stride + filterWidth,
        inChannels,
      );
      const areas = context.scratch(
        layout.floats,
        packedFilterFloats(filter, inChannels),
        2 * inChannels,
      );
      const out = context.output(geometry.outShape);
      const mean = context.output([inChannels]);
      const variance = context.output([inChannels]);
      context.functions.normDepthwise(
        ...['x', 'scale', 'offset', 'filter'].map((name) =>
          context.address(tensorInput(inputs, name)),
        ),
        out.address,
        mean.address,
        variance.address,
        geometry.batchSize,
        inHeight,
        inWidth,
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
        ...areas,
        attributes.epsilon,
        activationCode(attributes.activation),
      );
      return [out.info, mean.info, variance.info];
    };
  },
};
