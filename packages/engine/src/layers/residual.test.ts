import { defaultFrame, parseLayer } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { squaredErrorMean } from '../ops/squared-error-mean.ts';
import { relativeError } from '../tolerance.ts';
import { buildLayer } from './build.ts';
import type { DropPath } from './forward-mode.ts';
import { discard, noise, placeFor, stir, worstMismatch } from './layer-testing.ts';
import { ParameterStore } from './parameter-store.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

function build(text: string) {
  const store = new ParameterStore();
  const module = buildLayer(placeFor(store, 4, defaultFrame), parseLayer(text));
  stir(module.weights);
  return { store, module };
}

const residuals = ['ds_k3_c4', 'ir_k3_e2_c4_se0.25', 'er_k3_e2_c4', 'bt_k3_e0.5_c4_nre'];

it.each(residuals)('%s: every image keeps its own share of the branch', (text) => {
  const { store, module } = build(text);
  const x = noise('x', 3, 4, 4, 4) as tf.Tensor4D;
  const asked: [number, number][] = [];
  const dropPath: DropPath = (depth, count) => {
    asked.push([depth, count]);
    return Float32Array.of(1, 0, 2);
  };
  const moments: [] = [];
  const plain = module.forward(x, { kind: 'train', moments });
  const dropped = module.forward(x, { kind: 'train', moments, dropPath });
  expect(asked).toEqual([[0.5, 3]]);
  const [keptPlain, , doubledPlain] = tf.unstack(plain).map((image) => image.dataSync());
  const [kept, gone, doubled] = tf.unstack(dropped).map((image) => image.dataSync());
  const inputs = tf.unstack(x).map((image) => image.dataSync());
  expect(relativeError(kept ?? [], keptPlain ?? [])).toBeLessThan(1e-6);
  const after = text.startsWith('bt') ? (value: number) => Math.max(value, 0) : Number;
  expect([...(gone ?? [])]).toEqual(Array.from(inputs[1] ?? [], after));
  if (!text.startsWith('bt')) {
    const expected = Array.from(doubledPlain ?? [], (y, i) => 2 * y - (inputs[2]?.[i] ?? 0));
    expect(relativeError(doubled ?? [], expected)).toBeLessThan(1e-5);
  }
  discard(moments);
  store.dispose();
});

it('has the gradient of what it computes', () => {
  const { store, module } = build('ir_k3_e2_c4_se0.25');
  const x = noise('x', 3, 4, 4, 4) as tf.Tensor4D;
  const target = noise('target', 3, 4, 4, 4);
  const dropPath: DropPath = () => Float32Array.of(0, 1.25, 1.25);
  const mismatch = worstMismatch(module.weights, (moments) =>
    squaredErrorMean(module.forward(x, { kind: 'train', moments, dropPath }), target),
  );
  expect(mismatch).toBeLessThan(3e-2);
  store.dispose();
});

it('asks for no layer without a residual, and never outside of training', () => {
  const x = noise('x', 3, 4, 4, 4) as tf.Tensor4D;
  const dropPath: DropPath = () => {
    throw new Error('asked');
  };
  const narrowing = build('ir_k3_s2_e2_c4');
  narrowing.module.forward(x, { kind: 'train', moments: [], dropPath });
  const evaluated = build('ir_k3_e2_c4').module.forward(x, { kind: 'eval' });
  expect(evaluated.shape).toEqual([3, 4, 4, 4]);
});
