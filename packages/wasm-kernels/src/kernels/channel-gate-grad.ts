import type { KernelFunc } from '@tensorflow/tfjs-core';
import { assertSameShape, type KernelDefinition, tensorInput } from '../definition.ts';
import { gateSizes } from './channel-gate.ts';

/** Gradient of ChannelGate: dy and x [n, h, w, c], gate [n, c] -> dx [n, h, w, c], dgate [n, c]. */
export const channelGateGrad: KernelDefinition = {
  name: 'ChannelGateGrad',
  build(context): KernelFunc {
    return ({ inputs }) => {
      const dy = tensorInput(inputs, 'dy');
      const x = tensorInput(inputs, 'x');
      const gate = tensorInput(inputs, 'gate');
      const sizes = gateSizes(x, gate);
      assertSameShape(dy, x, 'ChannelGateGrad');
      const dx = context.output(x.shape);
      const dgate = context.output(gate.shape);
      context.functions.channelGateGrad(
        context.address(dy),
        context.address(x),
        context.address(gate),
        dx.address,
        dgate.address,
        ...sizes,
      );
      return [dx.info, dgate.info];
    };
  },
};
