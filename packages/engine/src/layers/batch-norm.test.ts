import { parseLayer } from '@blockwise/dna';
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { squaredErrorMean } from '../ops/squared-error-mean.ts';
import { Adam } from '../optimizer/adam.ts';
import { gradientStep } from '../optimizer/gradient-step.ts';
import { relativeError } from '../tolerance.ts';
import type { BatchNorm } from './batch-norm.ts';
import { buildLayer } from './build.ts';
import type { Affine, Moments } from './forward-mode.ts';
import { noise, placeFor } from './layer-testing.ts';
import { ParameterStore } from './parameter-store.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const x = () => noise('x', 8, 4, 4, 4) as tf.Tensor4D;

function build(text = 'ir_k3_s1_e3_c4_se0.25', epsilon = 1e-5) {
  const store = new ParameterStore();
  const layer = parseLayer(text);
  const place = placeFor(store, 4, { padding: 'symmetric', epsilon });
  return { store, module: buildLayer(place, layer) };
}

it('calibration gives the statistics of its batch and changes nothing', async () => {
  const { store, module } = build();
  const before = await store.read();
  const affine = new Map<BatchNorm, Affine>();
  const batchStatistics = module.forward(x(), { kind: 'calibrate', affine });
  const fixed = module.forward(x(), { kind: 'given', affine });
  expect(affine.size).toBe(3);
  // Only the factor n / (n − 1) of the variance is between them: 128 values per channel.
  expect(relativeError(fixed.dataSync(), batchStatistics.dataSync())).toBeLessThan(2e-2);
  expect(await store.read()).toEqual(before);
  const other = noise('other', 2, 4, 4, 4) as tf.Tensor4D;
  expect(() => module.forward(other, { kind: 'given', affine: new Map() })).toThrow('calibrated');
  store.dispose();
});

it('recalibration makes the statistics of its batch the running ones', () => {
  const { store, module } = build();
  const affine = new Map<BatchNorm, Affine>();
  const expected = module.forward(x(), { kind: 'calibrate', affine });
  const recalibrated = module.forward(x(), { kind: 'recalibrate' });
  expect(recalibrated.dataSync()).toEqual(expected.dataSync());
  const other = noise('other', 2, 4, 4, 4) as tf.Tensor4D;
  const given = module.forward(other, { kind: 'given', affine });
  const evaluated = module.forward(other, { kind: 'eval' });
  expect(relativeError(evaluated.dataSync(), given.dataSync())).toBeLessThan(1e-6);
  store.dispose();
});

it('evaluation follows the running statistics, which approach the data', async () => {
  const { store, module } = build();
  const target = noise('y', 8, 4, 4, 4);
  const optimizer = new Adam();
  const distance = () => {
    const evaluated = module.forward(x(), { kind: 'eval' }).dataSync();
    const moments: Moments[] = [];
    return relativeError(evaluated, module.forward(x(), { kind: 'train', moments }).dataSync());
  };
  const first = distance();
  for (let step = 0; step < 60; step++) {
    await gradientStep({
      parameters: module.weights,
      optimizer,
      learningRate: 0,
      loss: (mode) => squaredErrorMean(module.forward(x(), mode), target),
    });
  }
  expect(first).toBeGreaterThan(0.1);
  expect(distance()).toBeLessThan(0.02);
  store.dispose();
});

it('adds the epsilon of its network to the variance', () => {
  const { store, module } = build('cn_k3_c4', 1e3);
  // Variances of about 2 far below the epsilon: deviations of about sqrt(2 / 1000) = 0.04.
  const y = module.forward(x(), { kind: 'train', moments: [] }).dataSync();
  expect(Math.max(...y)).toBeLessThan(0.2);
  expect(Math.max(...module.forward(x(), { kind: 'eval' }).dataSync())).toBeLessThan(0.2);
  store.dispose();
});
