import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { activeWasmBackend } from './context.ts';
import { depthwise } from './oracle.ts';
import { kernelNames, registerWasmKernels } from './register.ts';
import { expectClose, filled, useWasm, values } from './testing.ts';

describe('registerWasmKernels', () => {
  useWasm();

  it('registers every kernel once, however often it is called', async () => {
    const before = kernelNames.map((name) => tf.getKernel(name, 'wasm').kernelFunc);
    expect(before).not.toContain(undefined);
    await registerWasmKernels();
    expect(kernelNames.map((name) => tf.getKernel(name, 'wasm').kernelFunc)).toEqual(before);
  });

  it('refuses another backend', async () => {
    await tf.setBackend('cpu');
    await expect(registerWasmKernels()).rejects.toThrow('not cpu');
    await tf.setBackend('wasm');
  });

  it('keeps tensors and results right while the memory grows', () => {
    const memory = activeWasmBackend().wasm.asm.memory;
    const bytesBefore = memory.buffer.byteLength;
    const geometry = { n: 1, h: 6, w: 6, c: 5, k: 3, stride: 1, oh: 6, ow: 6, top: 1, left: 1 };
    const x = filled([1, 6, 6, 5], 1) as tf.Tensor4D;
    const filter = filled([3, 3, 5, 1], 2) as tf.Tensor4D;
    const oracle = depthwise(geometry, values(x), values(filter), []);
    const large: tf.Tensor[] = [];
    for (let i = 0; i < 6; i++) {
      expectClose(tf.depthwiseConv2d(x, filter, 1, 'same'), oracle.out);
      large.push(tf.fill([4 * 1024 * 1024], i)); // 16 MiB each
    }
    // A convolution whose scratch memory must be allocated anew, beyond everything so far.
    const wide = tf.ones<tf.Rank.R4>([1, 512, 512, 8]);
    const sums = tf.depthwiseConv2d(wide, tf.ones<tf.Rank.R4>([3, 3, 8, 1]), 1, 'valid');
    expect([tf.min(sums).dataSync()[0], tf.max(sums).dataSync()[0]]).toEqual([9, 9]);
    expect(memory.buffer.byteLength).toBeGreaterThan(bytesBefore);
    expectClose(tf.depthwiseConv2d(x, filter, 1, 'same'), oracle.out);
    large.forEach((tensor, i) => {
      expect([tf.min(tensor).dataSync()[0], tf.max(tensor).dataSync()[0]]).toEqual([i, i]);
    });
  });
});
