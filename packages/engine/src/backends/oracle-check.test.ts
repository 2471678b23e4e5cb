import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { openEngine } from './open.ts';
import { checkOracle } from './oracle-check.ts';

const kernelName = 'SpatialMean';

describe('checkOracle', () => {
  let own: tf.KernelConfig | undefined;
  afterEach(() => {
    if (own === undefined) return;
    tf.unregisterKernel(kernelName, 'cpu');
    tf.registerKernel(own);
    own = undefined;
  });

  /** Lets the reference engine compute the squeeze wrongly: `factor` times what it is. */
  async function spoil(factor: number): Promise<void> {
    await openEngine('cpu');
    own = tf.getKernel(kernelName, 'cpu');
    tf.unregisterKernel(kernelName, 'cpu');
    tf.registerKernel({
      kernelName,
      backendName: 'cpu',
      kernelFunc: ({ inputs }) =>
        tf.tidy(() => tf.mul(tf.mean(inputs.x as tf.Tensor, [1, 2]), factor)),
    });
  }

  it('passes wasm and leaves no tensor', async () => {
    await openEngine('wasm');
    const { numTensors } = tf.memory();
    const { worstError, tolerance, passed } = await checkOracle('wasm');
    expect(worstError).toBeGreaterThan(0);
    expect(worstError).toBeLessThan(tolerance);
    expect(passed).toBe(true);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it.each([1.01, Number.NaN])('refuses an engine whose squeeze is off by %s', async (factor) => {
    await spoil(factor);
    const { worstError, worstOf, passed } = await checkOracle('cpu');
    expect(passed).toBe(false);
    expect(worstError).not.toBeLessThan(1e-4);
    expect(worstOf).toMatch(/^k\de\d-s\d-\dto\d: /);
  });
});
