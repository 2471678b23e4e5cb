import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { activation, batchNorm, numericGradient } from '../oracle.ts';
import { expectClose, filled, run, useWasm, values } from '../testing.ts';

const activations = ['none', 'relu', 'swish', 'hardSwish'];
const epsilon = 1e-3;

describe('BatchNormTrain', () => {
  useWasm();

  it.each(activations)('%s: rows and channels around every edge', (name) => {
    for (const rows of [1, 2, 3, 4, 5, 63, 64, 65, 130]) {
      for (const c of [1, 2, 3, 4, 5, 7, 8, 13]) {
        const x = filled([rows, c], 1, 3);
        const scale = filled([c], 2);
        const offset = filled([c], 3);
        const oracle = batchNorm(values(x), values(scale), values(offset), epsilon, name);
        const outputs = run('BatchNormTrain', { x, scale, offset }, { epsilon, activation: name });
        expect(outputs.map((output) => output.shape)).toEqual([[rows, c], [c], [c]]);
        expectClose(outputs[0], oracle.y, rows === 1 ? 1e-4 : 1e-5);
        // Some means are a twentieth of the values, whose rounding they inherit.
        expectClose(outputs[1], oracle.mean, 1e-5);
        if (rows > 1) expectClose(outputs[2], oracle.variance, 5e-6);
      }
    }
  });

  it('is stable where the mean is far larger than the deviation', () => {
    const x = filled([4, 14, 14, 6], 1, 0.5, 300);
    const scale = filled([6], 2, 0.2, 1);
    const offset = filled([6], 3);
    const oracle = batchNorm(values(x), values(scale), values(offset), epsilon, 'swish');
    const [y, mean, variance] = run(
      'BatchNormTrain',
      { x, scale, offset },
      { epsilon, activation: 'swish' },
    );
    expectClose(mean, oracle.mean, 1e-6);
    expectClose(variance, oracle.variance, 1e-4);
    expectClose(y, oracle.y, 2e-4);
  });

  it('pools each image, and its gradient takes in what reaches the pooled values', () => {
    for (const [n, h, w, c] of [
      [1, 3, 2, 1],
      [2, 3, 1, 5],
      [3, 2, 2, 4],
      [2, 9, 8, 7],
    ] as const) {
      const x = filled([n, h, w, c], 1, 2);
      const scale = filled([c], 2, 0.4, 2);
      const offset = filled([c], 3);
      const attributes = { epsilon, activation: 'swish' };
      const outputs = run('BatchNormPoolTrain', { x, scale, offset }, attributes);
      const [, mean, variance, pooled] = outputs;
      const both = (xs: ArrayLike<number>) => {
        const { y } = batchNorm(xs, values(scale), values(offset), epsilon, 'swish');
        const means = new Float64Array(n * c);
        y.forEach((value, i) => {
          const index = Math.floor(i / (h * w * c)) * c + (i % c);
          means[index] = (means[index] ?? 0) + value / (h * w);
        });
        return [...y, ...means];
      };
      expect(pooled?.shape).toEqual([n, c]);
      expectClose(pooled, both(values(x)).slice(x.size), 1e-5);
      const dy = filled(x.shape, 4);
      const dpooled = filled([n, c], 5, 3);
      const weights = [...values(dy), ...values(dpooled)];
      const inputs = { dy, x, scale, offset, mean, variance, dpooled } as Record<string, tf.Tensor>;
      const [dx] = run('BatchNormPoolTrainGrad', inputs, attributes);
      expectClose(dx, numericGradient(both, values(x), weights), 2e-4);
    }
  });

  it('refuses a scale of another size', () => {
    const x = filled([4, 6], 1);
    const inputs = { x, scale: filled([5], 2), offset: filled([6], 3) };
    const attributes = { epsilon, activation: 'none' };
    expect(() => run('BatchNormTrain', inputs, attributes)).toThrow('scale must have shape [6]');
  });
});

describe('BatchNormTrainGrad', () => {
  useWasm();

  it.each(activations)('%s: equals numeric differentiation of the forward pass', (name) => {
    for (const [rows, c] of [
      [2, 1],
      [5, 3],
      [9, 4],
      [66, 5],
    ] as const) {
      const x = filled([rows, c], 1, 2);
      const dy = filled([rows, c], 4);
      // Wide enough for the activations' flat and linear ends.
      const scale = filled([c], 2, 0.4, name === 'none' ? 1 : 3);
      const offset = filled([c], 3);
      const attributes = { epsilon, activation: name };
      const [, mean, variance] = run('BatchNormTrain', { x, scale, offset }, attributes);
      const inputs = { dy, x, scale, offset, mean, variance } as Record<string, tf.Tensor>;
      const [dx, dscale, doffset] = run('BatchNormTrainGrad', inputs, attributes);
      const y = (
        xs: ArrayLike<number>,
        scales: ArrayLike<number> = values(scale),
        offsets: ArrayLike<number> = values(offset),
      ) => batchNorm(xs, scales, offsets, epsilon, name).y;
      expectClose(dx, numericGradient(y, values(x), values(dy)), 2e-4);
      const byScale = (scales: Float64Array) => y(values(x), scales);
      expectClose(dscale, numericGradient(byScale, values(scale), values(dy)), 1e-5);
      const byOffset = (offsets: Float64Array) => y(values(x), values(scale), offsets);
      expectClose(doffset, numericGradient(byOffset, values(offset), values(dy)), 1e-5);
    }
  });
});

describe('BatchNormTrainGrad that may consume dy', () => {
  useWasm();
  const attributes = { epsilon, activation: 'swish' };

  function gradient(dy: tf.Tensor, extra: object) {
    const x = filled([9, 5], 1, 2);
    const [scale, offset] = [filled([5], 2, 0.4, 1), filled([5], 3)];
    const [, mean, variance] = run('BatchNormTrain', { x, scale, offset }, attributes);
    const inputs = { dy, x, scale, offset, mean, variance } as Record<string, tf.Tensor>;
    return run('BatchNormTrainGrad', inputs, { ...attributes, ...extra });
  }

  it('writes over dy, with the same bits', () => {
    const dy = filled([9, 5], 4);
    const kept = gradient(dy, {}).map(values);
    const [dx, dscale, doffset] = gradient(dy, { consume: true });
    expect([dx, dscale, doffset].map(values)).toEqual(kept);
    expect(dx?.dataId).toBe(dy.dataId);
  });

  it('leaves a dy alone that another tensor shares', () => {
    const dy = filled([9, 5], 4);
    const before = values(dy).slice();
    const view = tf.reshape(dy, [5, 9]);
    const [dx] = gradient(dy, { consume: true });
    expect(dx?.dataId).not.toBe(dy.dataId);
    expect(values(view)).toEqual(before);
  });
});

describe('AffineActivation', () => {
  useWasm();

  it.each(activations)('%s', (name) => {
    for (const c of [1, 3, 4, 6, 8]) {
      const x = filled([3, 2, c], 1, 4);
      const scale = filled([c], 2);
      const offset = filled([c], 3);
      const [y] = run('AffineActivation', { x, scale, offset }, { activation: name });
      const oracle = Array.from(values(x), (value, i) => {
        const [s = 0, o = 0] = [values(scale)[i % c], values(offset)[i % c]];
        return activation(value * s + o, name);
      });
      expectClose(y, oracle, 1e-6);
    }
  });

  it('swish holds over the whole range of float32', () => {
    const inputs = [-1e30, -200, -88, -87, -30, -5, -1e-8, 0, 1e-8, 0.5, 5, 30, 87, 88, 200, 1e30];
    const [scale, offset] = [filled([1], 0, 0, 1), filled([1], 0, 0, 0)];
    const attributes = { activation: 'swish' };
    for (const input of inputs) {
      const x = filled([1, 1], 0, 0, input);
      const [y] = run('AffineActivation', { x, scale, offset }, attributes);
      const oracle = activation(input, 'swish');
      const error = Math.abs((values(y)[0] ?? Number.NaN) - oracle);
      expect(error).toBeLessThanOrEqual(1e-6 * Math.abs(oracle) + 1e-30 + (input < -80 ? 1e-6 : 0));
    }
  });
});
