import { BatchMatMul, type KernelFunc, util } from '@tensorflow/tfjs-core';
import { dimension, type KernelDefinition, tensorInput } from '../definition.ts';

/** Floats per packed row of the summed dimension, see matMulColumns in assembly/mat-mul.ts. */
const DEPTH_BLOCK = 64;

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;

/**
 * Replaces tfjs's BatchMatMul wherever one product of two matrices will do: a batch of one, or a
 * batch of left matrices by one right matrix, whose rows then simply follow each other.
 */
export const batchMatMul: KernelDefinition = {
  name: BatchMatMul,
  build(context, stock): KernelFunc {
    return (call) => {
      const a = tensorInput(call.inputs, 'a'); // [..., m, k], or [..., k, m] when transposeA
      const b = tensorInput(call.inputs, 'b'); // [..., k, n], or [..., n, k] when transposeB
      const { transposeA, transposeB } = call.attrs as unknown as {
        transposeA: boolean;
        transposeB: boolean;
      };
      const batchA = util.sizeFromShape(a.shape.slice(0, -2));
      const batchB = util.sizeFromShape(b.shape.slice(0, -2));
      const single = batchB === 1 && (batchA === 1 || !transposeA);
      const float = a.dtype === 'float32' && b.dtype === 'float32';
      if (stock && !(single && float)) return stock(call);

      const k = dimension(a, transposeA ? -2 : -1);
      const rows = dimension(a, transposeA ? -1 : -2);
      const n = dimension(b, transposeB ? -2 : -1);
      if (dimension(b, transposeB ? -1 : -2) !== k) {
        throw new Error(`matMul: inner sizes of [${a.shape}] and [${b.shape}] differ.`);
      }
      const outer = a.shape.length >= b.shape.length ? a.shape : b.shape;
      const out = context.output([...outer.slice(0, -2), rows, n]);
      const m = rows * batchA;
      const addresses = [context.address(a), context.address(b), out.address] as const;
      const flag = Number(transposeB);
      if (transposeA) {
        const floats = (roundUp(m, 4) + roundUp(n, 8)) * DEPTH_BLOCK;
        const [scratch = 0] = context.scratch(floats);
        context.functions.matMulColumns(...addresses, m, n, k, flag, scratch);
      } else {
        const [scratch = 0] = context.scratch(roundUp(n, 8) * k);
        context.functions.matMulRows(...addresses, m, n, k, flag, scratch);
      }
      return out.info;
    };
  },
};
