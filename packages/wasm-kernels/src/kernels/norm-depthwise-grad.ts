import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { activationCode } from '../activation.ts';
import { assertChannels, assertShape, type KernelDefinition, tensorInput } from '../definition.ts';
import { inputGradAxis, packedFilterFloats, planes } from '../planes.ts';
import { type NormDepthwiseAttributes, normDepthwiseGeometry } from './norm-depthwise.ts';

interface Attributes extends NormDepthwiseAttributes {
  /** Whether dy is not needed afterwards: dx may take its place. */
  consume?: boolean;
}

/**
 * Gradient of NormDepthwise: dy [n, oh, ow, c], x [n, h, w, c], scale, offset, mean, variance [c],
 * filter [kh, kw, c, 1] -> dx (shape of x), dscale [c], doffset [c], dfilter (shape of filter).
 */
export const normDepthwiseGrad: KernelDefinition = {
  name: 'NormDepthwiseGrad',
  build(context): KernelFunc {
    return ({ inputs, attrs }) => {
      const attributes = attrs as unknown as Attributes;
      const geometry = normDepthwiseGeometry(inputs, attributes);
      const { inChannels, inHeight, inWidth, outHeight, outWidth, padInfo } = geometry;
      const { filterHeight, filterWidth, strideHeight: stride } = geometry;
      const [dy, x] = [tensorInput(inputs, 'dy'), tensorInput(inputs, 'x')];
      const filter = tensorInput(inputs, 'filter');
      assertShape(dy, geometry.outShape, 'dy');
      for (const name of ['mean', 'variance']) {
        assertChannels(tensorInput(inputs, name), inChannels, name);
      }
      const rows = inputGradAxis(inHeight, filterHeight, stride, padInfo.top);
      const columns = inputGradAxis(inWidth, filterWidth, stride, padInfo.left);
      const layout = planes(rows.planeSize, columns.planeSize, inChannels);
      const dyLayout = planes(outHeight, Math.ceil(outWidth / 2) * 2, inChannels);
      const hiddenLayout = planes(
        (outHeight - 1) * stride + filterHeight,
        (dyLayout.width - 1) * stride + filterWidth,
        inChannels,
      );
      const packedFloats = packedFilterFloats(filter, inChannels);
      const [
        planesAt = 0,
        packed = 0,
        dyPlanes = 0,
        hiddenPlanes = 0,
        taps = 0,
        hidden = 0,
        rest = 0,
      ] = context.scratch(
        layout.floats,
        packedFloats,
        dyLayout.floats,
        hiddenLayout.floats,
        2 * packedFloats,
        inHeight * inWidth * inChannels,
        5 * inChannels,
      );
      const inPlace = attributes.consume === true && util.arraysEqual(dy.shape, x.shape);
      const dx = inPlace ? context.reuse(dy) : context.output(x.shape);
      const dscale = context.output([inChannels]);
      const doffset = context.output([inChannels]);
      const dfilter = context.output(filter.shape);
      context.functions.normDepthwiseGrad(
        ...['dy', 'x', 'offset', 'mean', 'variance', 'scale', 'filter'].map((name) =>
          context.address(tensorInput(inputs, name)),
        ),
        dx.address,
        dscale.address,
        doffset.address,
        dfilter.address,
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
        rows.before,
        columns.before,
        layout.height,
        layout.width,
        layout.bytes,
        planesAt,
        packed,
        dyLayout.width,
        dyLayout.bytes,
        dyPlanes,
        hiddenLayout.height,
        hiddenLayout.width,
        hiddenLayout.bytes,
        hiddenPlanes,
        taps,
        hidden,
        rest,
        attributes.epsilon,
        activationCode(attributes.activation),
      );
      return [dx.info, dscale.info, doffset.info, dfilter.info];
    };
  },
};
