import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openEngine } from './open.ts';
import { selfTest } from './self-test.ts';
import { passed } from './self-test-report.ts';

describe('selfTest', () => {
  it('compares wasm with PyTorch and times it, and leaves this process as it was', async () => {
    await openEngine('cpu');
    const report = await selfTest('wasm');
    expect(report).toMatchObject({ name: 'wasm', available: true, reason: null, stepBatch: 32 });
    expect(report.device).toContain('WebAssembly');
    expect(report.versions).toHaveProperty(['@tensorflow/tfjs-backend-wasm']);
    expect(report.oracle?.worstError).toBeGreaterThan(0);
    expect(report.oracle?.worstError).toBeLessThan(1e-4);
    expect(report.stepMs).toBeGreaterThan(0);
    expect(passed(report)).toBe(true);
    expect(tf.getBackend()).toBe('cpu');
  });

  it('reports an engine that cannot be had, with the reason', async () => {
    const report = await selfTest('abacus' as 'wasm');
    expect(report).toMatchObject({ available: false, oracle: null, stepMs: null });
    expect(report.reason).toContain('There is no engine "abacus".');
    expect(passed(report)).toBe(false);
  });

  it('gives up an engine that does not answer', async () => {
    const report = await selfTest('wasm', { limitSeconds: 0.01 });
    expect(report.reason).toBe('It did not answer within 0.01 s.');
  });
});
