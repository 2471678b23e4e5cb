import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { assertSameShape, type KernelDefinition, tensorInput } from '../definition.ts';

function errorMean(
  name: string,
  functionName: 'squaredErrorMean' | 'absoluteErrorMean',
): KernelDefinition {
  return {
    name,
    build(context): KernelFunc {
      return ({ inputs }) => {
        const a = tensorInput(inputs, 'a');
        const b = tensorInput(inputs, 'b');
        assertSameShape(a, b, name);
        const out = context.output([]);
        const size = util.sizeFromShape(a.shape);
        const run = context.functions[functionName];
        run(context.address(a), context.address(b), out.address, size);
        return [out.info];
      };
    },
  };
}

/** Mean of (a - b)^2 over all elements: a, b of one shape -> scalar. */
export const squaredErrorMean = errorMean('SquaredErrorMean', 'squaredErrorMean');

/** Mean of |a - b| over all elements: a, b of one shape -> scalar. */
export const absoluteErrorMean = errorMean('AbsoluteErrorMean', 'absoluteErrorMean');

/** Gradient of SquaredErrorMean: dy scalar, a, b -> da = dy * 2 (a - b) / size. */
export const squaredErrorMeanGrad: KernelDefinition = {
  name: 'SquaredErrorMeanGrad',
  build(context): KernelFunc {
    return ({ inputs }) => {
      const dy = tensorInput(inputs, 'dy');
      const a = tensorInput(inputs, 'a');
      const b = tensorInput(inputs, 'b');
      assertSameShape(a, b, 'SquaredErrorMeanGrad');
      const da = context.output(a.shape);
      const size = util.sizeFromShape(a.shape);
      context.functions.squaredErrorMeanGrad(
        context.address(dy),
        context.address(a),
        context.address(b),
        da.address,
        size,
      );
      return [da.info];
    };
  },
};
