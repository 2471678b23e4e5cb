import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEngine } from './open.ts';
import { checkOracle } from './oracle-check.ts';

const kernelName = 'SpatialMean';

describe('checkOracle', () => {
  let own: tf.KernelConfig | undefined;
  beforeEach(async () => {
    await openEngine('wasm');
    own = tf.getKernel(kernelName, 'wasm');
  });
  afterEach(() => {
    tf.unregisterKernel(kernelName, 'wasm');
    if (own) tf.registerKernel(own);
  });

  /** Lets the engine compute the squeeze wrongly: `factor` times what it is. */
  function spoil(factor: number): void {
    tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: ({ inputs }) =>
        tf.tidy(() => tf.mul(tf.mean(inputs.x as tf.Tensor, [1, 2]), factor)),
    });
  }

  it('passes wasm and leaves no tensor', async () => {
    const { numTensors } = tf.memory();
    const { worstError, tolerance, passed } = await checkOracle('wasm');
    expect(worstError).toBeGreaterThan(0);
    expect(worstError).toBeLessThan(tolerance);
    expect(passed).toBe(true);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it.each([1.01, Number.NaN])('refuses an engine whose squeeze is off by %s', async (factor) => {
    spoil(factor);
    const { worstError, worstOf, passed } = await checkOracle('wasm');
    expect(passed).toBe(false);
    expect(worstError).not.toBeLessThan(1e-4);
    expect(worstOf).toMatch(/^k\de\d-s\d-\dto\d: /);
  });
});
