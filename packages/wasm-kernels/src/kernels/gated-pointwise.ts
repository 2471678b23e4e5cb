import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { assertShape, dimension, type KernelDefinition, tensorInput } from '../definition.ts';

interface GatedSizes {
  images: number;
  /** Of one image. */
  pixels: number;
  channels: number;
  outChannels: number;
}

/** Sizes of x [n, h, w, c] and kernel [c, o], checked against each other and gate [n, c]. */
export function gatedSizes(x: TensorInfo, gate: TensorInfo, kernel: TensorInfo): GatedSizes {
  const [images, channels] = [dimension(x, 0), dimension(x, 3)];
  const outChannels = dimension(kernel, -1);
  assertShape(gate, [images, channels], 'gate');
  assertShape(kernel, [channels, outChannels], 'kernel');
  return { images, pixels: dimension(x, 1) * dimension(x, 2), channels, outChannels };
}

/**
 * Squeeze-and-excitation's gate and the 1×1 convolution after it, in one:
 * x [n, h, w, c], gate [n, c], kernel [c, o] -> (x * gate) . kernel [n, h, w, o].
 */
export const gatedPointwise: KernelDefinition = {
  name: 'GatedPointwise',
  build(context): KernelFunc {
    return ({ inputs }) => {
      const x = tensorInput(inputs, 'x');
      const gate = tensorInput(inputs, 'gate');
      const kernel = tensorInput(inputs, 'kernel');
      const { images, pixels, channels, outChannels } = gatedSizes(x, gate, kernel);
      const [scratch = 0] = context.scratch(16 * Math.ceil(outChannels / 8) * channels);
      const out = context.output([...x.shape.slice(0, 3), outChannels]);
      context.functions.gatedPointwise(
        context.address(x),
        context.address(gate),
        context.address(kernel),
        out.address,
        images,
        pixels,
        channels,
        outChannels,
        scratch,
      );
      return out.info;
    };
  },
};
