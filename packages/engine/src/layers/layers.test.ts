import { createRandom, type Layer, parseLayer } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { squaredErrorMean } from '../ops/squared-error-mean.ts';
import { Adam } from '../optimizer/adam.ts';
import { gradientStep } from '../optimizer/gradient-step.ts';
import { relativeError } from '../tolerance.ts';
import type { BatchNorm } from './batch-norm.ts';
import { buildLayer, buildStem } from './build.ts';
import type { Affine, ForwardMode, Moments } from './forward-mode.ts';
import { Head } from './head.ts';
import { Initialiser } from './initialise.ts';
import { type Parameter, ParameterStore } from './parameter-store.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

function noise(seed: string, ...shape: [number, number, number, number]): tf.Tensor4D {
  const random = createRandom(seed);
  const length = tf.util.sizeFromShape(shape);
  return tf.tensor4d(
    Float32Array.from({ length }, () => random.normal()),
    shape,
  );
}

/** Compares the gradient of every weight with central differences at its first few elements. */
function worstMismatch(
  weights: readonly Parameter[],
  loss: (mode: ForwardMode) => tf.Scalar,
): number {
  const evaluate = (): number => {
    const moments: Moments[] = [];
    const value = tf.tidy(() => loss({ kind: 'train', moments }).dataSync()[0] as number);
    for (const { mean, variance } of moments) tf.dispose([mean, variance]);
    return value;
  };
  const variables = weights.map(({ value }) => value);
  const { grads } = tf.engine().gradients(() => loss({ kind: 'train', moments: [] }), variables);
  const mismatches = weights.map(({ value }, index) => {
    const original = value.dataSync().slice() as Float32Array;
    const analytic = grads[index]?.dataSync() ?? [];
    const elements = [0, Math.floor(original.length / 2), original.length - 1];
    const numeric = elements.map((element) => {
      const [above, below] = [1e-2, -1e-2].map((delta) => {
        const moved = original.slice();
        moved[element] = (moved[element] as number) + delta;
        value.assign(tf.tensor(moved, value.shape));
        return evaluate();
      }) as [number, number];
      return (above - below) / 2e-2;
    });
    value.assign(tf.tensor(original, value.shape));
    const scale = Math.max(...Array.from(analytic, Math.abs), 1e-3);
    return (
      Math.max(
        ...numeric.map((n, i) => Math.abs(n - (analytic[elements[i] as number] as number))),
      ) / scale
    );
  });
  return Math.max(...mismatches);
}

describe('layers without a reference value, against finite differences', () => {
  it.each(['cn_k3_s1_c4', 'cn_k3_s2_c4', 'ds_k3_s1_c4_se0.25', 'ds_k5_s2_c4', 'ir_k3_s1_e2_c4'])(
    '%s',
    (text) => {
      const layer = parseLayer(text);
      const store = new ParameterStore();
      const module = buildLayer(new Initialiser(store, 1), 'layer', layer, 4);
      const x = noise(text, 2, 4, 4, 4);
      const side = 4 / layer.stride;
      const target = noise('target', 2, side, side, 4);
      const mismatch = worstMismatch(module.weights, (mode) =>
        squaredErrorMean(module.forward(x, mode), target),
      );
      expect(mismatch).toBeLessThan(3e-2);
      store.dispose();
    },
  );

  it('head', () => {
    const store = new ParameterStore();
    const head = new Head(new Initialiser(store, 1), 3, 5, 4);
    const x = noise('head', 3, 2, 2, 3);
    const target = tf.tensor2d(
      Float32Array.from({ length: 12 }, (_, i) => i % 4),
      [3, 4],
    );
    const mismatch = worstMismatch(head.weights, (mode) =>
      squaredErrorMean(head.forward(x, mode), target),
    );
    expect(mismatch).toBeLessThan(3e-2);
    store.dispose();
  });
});

describe('batch-norm modes', () => {
  function build() {
    const store = new ParameterStore();
    const layer: Layer = parseLayer('ir_k3_s1_e3_c4_se0.25');
    return { store, module: buildLayer(new Initialiser(store, 3), 'layer', layer, 4) };
  }

  it('calibration gives the statistics of its batch and changes nothing', async () => {
    const { store, module } = build();
    const x = noise('x', 8, 4, 4, 4);
    const before = await store.read();
    const affine = new Map<BatchNorm, Affine>();
    const batchStatistics = module.forward(x, { kind: 'calibrate', affine });
    const fixed = module.forward(x, { kind: 'given', affine });
    expect(affine.size).toBe(3);
    // Only the factor n / (n − 1) of the variance is between them: 128 values per channel.
    expect(relativeError(fixed.dataSync(), batchStatistics.dataSync())).toBeLessThan(2e-2);
    expect(await store.read()).toEqual(before);
    const other = noise('other', 2, 4, 4, 4);
    expect(() => module.forward(other, { kind: 'given', affine: new Map() })).toThrow('calibrated');
    store.dispose();
  });

  it('evaluation follows the running statistics, which approach the data', async () => {
    const { store, module } = build();
    const x = noise('x', 8, 4, 4, 4);
    const target = noise('y', 8, 4, 4, 4);
    const optimizer = new Adam();
    const distance = () => {
      const evaluated = module.forward(x, { kind: 'eval' }).dataSync();
      const moments: Moments[] = [];
      return relativeError(evaluated, module.forward(x, { kind: 'train', moments }).dataSync());
    };
    const first = distance();
    for (let step = 0; step < 60; step++) {
      await gradientStep({
        parameters: module.weights,
        optimizer,
        learningRate: 0,
        loss: (mode) => squaredErrorMean(module.forward(x, mode), target),
      });
    }
    expect(first).toBeGreaterThan(0.1);
    expect(distance()).toBeLessThan(0.02);
    store.dispose();
  });
});

describe('initial values', () => {
  it('depend on seed and name, with the variance of the fan-out', () => {
    const values = (seed: number, name: string) => {
      const store = new ParameterStore();
      const { value } = new Initialiser(store, seed).kernel(name, [3, 3, 40, 100]);
      return value.dataSync() as Float32Array;
    };
    const a = values(1, 'a');
    expect(values(1, 'a')).toEqual(a);
    expect(values(2, 'a')).not.toEqual(a);
    expect(values(1, 'b')).not.toEqual(a);
    const variance = a.reduce((sum, v) => sum + v * v, 0) / a.length;
    expect(variance * 9 * 100).toBeCloseTo(2, 1);
  });

  it('name a stem as timm does', () => {
    const store = new ParameterStore();
    const layers = [parseLayer('cn_k3_s2_c8'), parseLayer('ds_k3_s1_c4_se0.25')];
    buildStem(new Initialiser(store, 1), layers, 3);
    expect(store.all().map(({ name }) => name)).toEqual([
      'conv_stem.weight',
      ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => `bn1.${part}`),
      'blocks.0.0.conv_dw.weight',
      ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => `blocks.0.0.bn1.${part}`),
      'blocks.0.0.se.conv_reduce.weight',
      'blocks.0.0.se.conv_reduce.bias',
      'blocks.0.0.se.conv_expand.weight',
      'blocks.0.0.se.conv_expand.bias',
      'blocks.0.0.conv_pw.weight',
      ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => `blocks.0.0.bn2.${part}`),
    ]);
  });

  it('refuses weights that do not fit, by name, and sets none of them', async () => {
    const store = new ParameterStore();
    const initialiser = new Initialiser(store, 1);
    initialiser.vector('here', 2, 1);
    initialiser.vector('gone', 2, 1);
    const arrays = new Map([['here', { shape: [3], data: new Float32Array(3) }]]);
    expect(() => store.write(arrays)).toThrow(/here has shape \[3\].*gone is missing/);
    expect([...((await store.read()).get('here')?.data ?? [])]).toEqual([1, 1]);
  });
});
