import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { assertSameShape, type KernelDefinition, tensorInput } from '../definition.ts';

interface AdamAttributes {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  /** 1 on the first update of this parameter. */
  step: number;
  /** L2 penalty, added to the gradient. */
  weightDecay: number;
  /** Decoupled decay (Loshchilov and Hutter 2019): the parameter shrinks by learningRate × this. */
  decoupledDecay: number;
}

/**
 * One Adam update (Kingma and Ba, algorithm 1; epsilon outside the root, as in PyTorch) of param, m
 * and v, all of one shape, in place. Clones and reshapes of these tensors share their memory and
 * change with them. No outputs.
 */
export const adamStep: KernelDefinition = {
  name: 'AdamStep',
  build(context): KernelFunc {
    return ({ inputs, attrs }) => {
      const param = tensorInput(inputs, 'param');
      const grad = tensorInput(inputs, 'grad');
      const m = tensorInput(inputs, 'm');
      const v = tensorInput(inputs, 'v');
      for (const other of [grad, m, v]) assertSameShape(param, other, 'AdamStep');
      const { learningRate, beta1, beta2, epsilon, step, weightDecay, decoupledDecay } =
        attrs as unknown as AdamAttributes;
      const size = util.sizeFromShape(param.shape);
      const address = context.address(param);
      context.functions.adamStep(
        address,
        context.address(grad),
        context.address(m),
        context.address(v),
        size,
        beta1,
        beta2,
        1 - beta1,
        1 - beta2,
        learningRate / (1 - beta1 ** step),
        Math.sqrt(1 - beta2 ** step),
        epsilon,
        weightDecay,
        1 - learningRate * decoupledDecay,
      );
      // tfjs's own convolutions and products keep packed copies of their weights per tensor id;
      // registering the tensor anew makes them drop the copy of the old values.
      const { id } = context.backend.dataIdMap.get(param.dataId);
      context.backend.wasm.tfjs.disposeData(id);
      context.backend.wasm.tfjs.registerTensor(id, size, address);
      return [];
    };
  },
};
