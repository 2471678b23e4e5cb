import { Worker } from 'node:worker_threads';
import type { EngineName } from '@blockwise/contracts';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openEngine } from './open.ts';

describe('openEngine', () => {
  it.each(['wasm', 'cpu'] as const)('opens %s and says what it is', async (name) => {
    const engine = await openEngine(name);
    expect(tf.getBackend()).toBe(name);
    expect(engine.name).toBe(name);
    expect(engine.device).toContain('1 thread');
    expect(engine.versions).toMatchObject({
      '@tensorflow/tfjs-core': '4.22.0',
      [`@tensorflow/tfjs-backend-${name}`]: '4.22.0',
      node: process.versions.node,
    });
  });

  it('refuses an engine that does not exist, and stays on the present one', async () => {
    await openEngine('cpu');
    await expect(openEngine('abacus' as EngineName)).rejects.toMatchObject({
      name: 'DomainError',
      code: 'ENGINE_UNAVAILABLE',
    });
    expect(tf.getBackend()).toBe('cpu');
  });

  it('opens in a worker thread, beside the engine of this one', async () => {
    await openEngine('cpu');
    const worker = new Worker(new URL('./open-in-worker.ts', import.meta.url), {
      workerData: 'wasm',
    });
    const answer = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    expect(answer).toEqual({ name: 'wasm', product: [11] });
    expect(tf.getBackend()).toBe('cpu');
  });

  it('lets clones share memory that outlives the original', async () => {
    await openEngine('wasm');
    const buffers = tf.memory().numDataBuffers;
    const original = tf.tensor1d([1, 2, 3]);
    const clone = tf.clone(original);
    expect(tf.memory().numDataBuffers).toBe(buffers + 1);
    original.dispose();
    expect([...clone.dataSync()]).toEqual([1, 2, 3]);
    clone.dispose();
    expect(tf.memory().numDataBuffers).toBe(buffers);
  });
});
