import { expect, test } from 'vitest';
import type { SelfTestReport } from '../../packages/engine/src/index.ts';
import { choiceLine, linesOf } from './lines.ts';

const good: SelfTestReport = {
  ...{ name: 'wasm', available: true, reason: null, device: 'WebAssembly SIMD, x64, 1 thread' },
  onGpu: false,
  versions: { node: '22.23.3' },
  oracle: { worstError: 3.14e-7, worstOf: 'k3: loss', tolerance: 1e-4, passed: true },
  ...{ stepMs: 141.7, stepBatch: 32 },
};

test('an engine that passed, with its figures', () => {
  expect(linesOf(good).join('\n')).toBe(
    `  wasm        WebAssembly SIMD, x64, 1 thread
              self-test passed: relative error 3.1e-7, allowed 0.0001 (k3: loss)
              142 ms a step of the bench cell, 32 images
              node 22.23.3`,
  );
});

test('an engine that computes something else, and one that is not there', () => {
  const oracle = { worstError: 0.5, worstOf: 'k3: loss', tolerance: 1e-4, passed: false };
  const wrong = linesOf({ ...good, oracle, reason: 'It does not compute what PyTorch does.' });
  expect(wrong[0]).toBe('  wasm        It does not compute what PyTorch does.');
  expect(wrong[1]).toContain('self-test FAILED: relative error 5.0e-1');
  const nothing = {
    device: null,
    onGpu: false,
    versions: null,
    oracle: null,
    stepMs: null,
    stepBatch: null,
  };
  const missing = { ...nothing, name: 'webgpu', available: false, reason: 'No GPU.' } as const;
  expect(linesOf(missing)).toEqual(['  webgpu      No GPU.']);
  expect(choiceLine(null)).toBe('No engine can train here.');
});
