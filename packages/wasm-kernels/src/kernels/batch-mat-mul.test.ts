import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { matMul } from '../oracle.ts';
import { expectClose, filled, useWasm, values } from '../testing.ts';

/** m, k, n around every edge of the kernels: 4 rows, 8 columns, 64-row and 256-deep blocks. */
const sizes: [number, number, number][] = [
  [1, 1, 1],
  [1, 7, 3],
  [2, 3, 5],
  [3, 16, 8],
  [4, 8, 16],
  [5, 9, 7],
  [6, 5, 12],
  [7, 2, 9],
  [13, 31, 21],
  [64, 40, 24],
  [67, 65, 15],
  [130, 17, 40],
  [9, 255, 11],
  [8, 256, 16],
  [10, 257, 6],
  [41, 700, 13],
];

describe('BatchMatMul', () => {
  useWasm();
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      it.each(sizes)(`%i x %i x %i, transposes ${transposeA} ${transposeB}`, (m, k, n) => {
        const a = filled(transposeA ? [k, m] : [m, k], 1) as tf.Tensor2D;
        const b = filled(transposeB ? [n, k] : [k, n], 2) as tf.Tensor2D;
        const oracle = matMul(values(a), values(b), [m, k, n], transposeA, transposeB);
        const product = tf.matMul(a, b, transposeA, transposeB);
        expect(product.shape).toEqual([m, n]);
        expectClose(product, oracle, 1e-5);
      });
    }
  }

  it('treats a batch of left matrices by one right matrix as rows', () => {
    const a = filled([3, 5, 6], 1) as tf.Tensor3D;
    const b = filled([1, 6, 7], 2) as tf.Tensor3D;
    const product = tf.matMul(a, b);
    expect(product.shape).toEqual([3, 5, 7]);
    expectClose(product, matMul(values(a), values(b), [15, 6, 7], false, false));
  });

  it('leaves batches of pairs to the stock kernel', () => {
    const a = filled([2, 5, 6], 1) as tf.Tensor3D;
    const b = filled([2, 6, 7], 2) as tf.Tensor3D;
    const oracle = [0, 1].flatMap((i) => {
      const left = values(a).slice(i * 30, (i + 1) * 30);
      const right = values(b).slice(i * 42, (i + 1) * 42);
      return [...matMul(left, right, [5, 6, 7], false, false)];
    });
    expectClose(tf.matMul(a, b), oracle);
  });
});
