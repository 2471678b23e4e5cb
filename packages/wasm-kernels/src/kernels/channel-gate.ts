import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { dimension, type KernelDefinition, tensorInput } from '../definition.ts';

/** Images, pixels per image and channels of x [n, h, w, c], checked against gate [n, c]. */
export function gateSizes(x: TensorInfo, gate: TensorInfo): [number, number, number] {
  const batch = dimension(x, 0);
  const channels = dimension(x, 3);
  if (gate.shape.length !== 2 || gate.shape[0] !== batch || gate.shape[1] !== channels) {
    throw new Error(`gate must have shape [${batch},${channels}], got [${gate.shape}].`);
  }
  return [batch, dimension(x, 1) * dimension(x, 2), channels];
}

/** Squeeze-and-excitation's last step: x [n, h, w, c] times gate [n, c], broadcast over pixels. */
export const channelGate: KernelDefinition = {
  name: 'ChannelGate',
  build(context): KernelFunc {
    return ({ inputs }) => {
      const x = tensorInput(inputs, 'x');
      const gate = tensorInput(inputs, 'gate');
      const sizes = gateSizes(x, gate);
      const out = context.output(x.shape);
      context.functions.channelGate(
        context.address(x),
        context.address(gate),
        out.address,
        ...sizes,
      );
      return out.info;
    };
  },
};
