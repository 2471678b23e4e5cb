import path from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { buildKernels } from '../scripts/build.ts';
import { registerWasmKernels } from './register.ts';

/** Compiles the kernels if need be, starts the wasm backend, registers them. */
export async function startWasm(): Promise<void> {
  await buildKernels();
  const entry = fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm'));
  setWasmPaths(`${path.dirname(entry)}/`);
  await tf.setBackend('wasm');
  await tf.ready();
  await registerWasmKernels();
}

/** Starts wasm before a file's tests, and fails any test that leaves tensors behind. */
export function useWasm(): void {
  let tensorsBefore = 0;
  beforeAll(startWasm, 60_000);
  beforeEach(() => {
    tensorsBefore = tf.memory().numTensors;
    tf.engine().startScope();
  });
  afterEach(() => {
    tf.engine().endScope();
    expect(tf.memory().numTensors).toBe(tensorsBefore);
  });
}

/** Runs a kernel of ours on the wasm backend; a kernel with one output also gives an array. */
export function run(
  name: string,
  inputs: Record<string, tf.Tensor>,
  attributes: Record<string, unknown> = {},
): tf.Tensor[] {
  const result = tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap);
  return ([] as tf.Tensor[]).concat(result as tf.Tensor | tf.Tensor[]);
}

export function values(tensor: tf.Tensor | undefined): Float32Array {
  if (tensor === undefined) throw new Error('The kernel gave no such output.');
  return tensor.dataSync<'float32'>();
}

/**
 * Deterministic values in (-1, 1) times `spread`, plus `shift`: a Weyl sequence on the golden
 * ratio, uneven enough that no symmetry of a kernel hides an error.
 */
export function numbers(size: number, seed: number, spread = 1, shift = 0): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => {
    const phase = (i + 1) * 0.6180339887498949 + seed * 0.7548776662466927 + (i % 7) * 0.13;
    return shift + spread * (2 * (phase - Math.floor(phase)) - 1);
  });
}

export function filled(shape: number[], seed: number, spread = 1, shift = 0): tf.Tensor {
  return tf.tensor(numbers(tf.util.sizeFromShape(shape), seed, spread, shift), shape);
}

/**
 * Compares with an oracle: no element may be off by more than `tolerance` times the oracle's
 * largest magnitude.
 */
export function expectClose(
  actual: tf.Tensor | ArrayLike<number> | undefined,
  oracle: ArrayLike<number>,
  tolerance = 1e-5,
): void {
  const got = actual instanceof tf.Tensor ? values(actual) : (actual ?? []);
  expect(got.length).toBe(oracle.length);
  let magnitude = 0;
  let worst = 0;
  for (let i = 0; i < oracle.length; i++) {
    const want = oracle[i] ?? Number.NaN;
    magnitude = Math.max(magnitude, Math.abs(want));
    const error = Math.abs((got[i] ?? Number.NaN) - want);
    worst = Math.max(worst, error); // NaN stays NaN
  }
  expect(worst).toBeLessThanOrEqual(tolerance * Math.max(magnitude, 1e-30));
}
