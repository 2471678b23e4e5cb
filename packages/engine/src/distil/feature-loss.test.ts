import { createRandom } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../backends/describe-engines.ts';
import { openEngine } from '../backends/open.ts';
import { gradientMismatch } from '../finite-differences.ts';
import { type FeatureLossKind, featureLoss } from './feature-loss.ts';

const kinds: readonly FeatureLossKind[] = ['mse', 'mseOverVariance', 'noiseToSignal', 'cosine'];
const shape: [number, number, number, number] = [2, 3, 2, 3];

function noise(name: string, scales = [1, 1, 1]): Float32Array {
  const random = createRandom('feature-loss', name);
  return Float32Array.from(
    { length: 36 },
    (_, i) => (scales[i % 3] ?? 1) * random.normal() + (i % 3),
  );
}

function lossOf(kind: FeatureLossKind, output: Float32Array, values: Float32Array): number {
  return tf.tidy(() => {
    const loss = featureLoss(kind, values, 3);
    return loss.of(tf.tensor4d(output, shape), tf.tensor4d(values, shape)).dataSync()[0] as number;
  });
}

/** The sums written out, in double precision. */
function expectedLoss(kind: FeatureLossKind, output: Float32Array, values: Float32Array): number {
  const errors = Array.from(output, (value, i) => (value - (values[i] ?? 0)) ** 2);
  const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const variance = (numbers: readonly number[]) =>
    (mean(numbers.map((x) => (x - mean(numbers)) ** 2)) * numbers.length) / (numbers.length - 1);
  const channel = (numbers: ArrayLike<number>, c: number) =>
    Array.from(numbers).filter((_, i) => i % 3 === c);
  switch (kind) {
    case 'mse':
      return mean(errors);
    case 'mseOverVariance':
      return mean(errors) / variance([...values]);
    case 'noiseToSignal':
      return mean([0, 1, 2].map((c) => mean(channel(errors, c)) / variance(channel(values, c))));
    case 'cosine':
      return mean(
        [0, 1].map((image) => {
          const a = [...output.slice(18 * image, 18 * image + 18)];
          const b = [...values.slice(18 * image, 18 * image + 18)];
          const dot = (x: number[], y: number[]) =>
            x.reduce((sum, v, i) => sum + v * (y[i] ?? 0), 0);
          return 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
        }),
      );
  }
}

describeEngines('losses of features', (engine) => {
  beforeAll(async () => {
    await openEngine(engine);
  });

  it.each(kinds)('%s is what its formula says', (kind) => {
    const [output, values] = [noise('output'), noise('values', [0.1, 1, 7])];
    expect(lossOf(kind, output, values)).toBeCloseTo(expectedLoss(kind, output, values), 4);
    expect(lossOf(kind, values, values)).toBeCloseTo(0, 6);
  });

  it.each(kinds)('%s has the gradient of its differences', (kind) => {
    const values = noise('values', [0.5, 1, 3]);
    const target = tf.tensor4d(values, shape);
    const loss = featureLoss(kind, values, 3);
    const output = tf.tensor4d(noise('output'), shape);
    expect(gradientMismatch([output], ([x]) => loss.of(x as tf.Tensor4D, target))).toBeLessThan(
      2e-2,
    );
    loss.dispose();
  });

  it.each(kinds)('%s passes on what its own result is multiplied with', (kind) => {
    const values = noise('values');
    const target = tf.tensor4d(values, shape);
    const output = tf.tensor4d(noise('output'), shape);
    const loss = featureLoss(kind, values, 3);
    const gradient = (factor: number) =>
      tf
        .engine()
        .gradients(() => tf.mul(loss.of(output, target), factor) as tf.Scalar, [output])
        .grads[0]?.dataSync() ?? [];
    const [once, thrice] = [gradient(1), gradient(3)];
    expect(Math.max(...once)).toBeGreaterThan(0);
    once.forEach((value, i) => {
      expect(thrice[i]).toBeCloseTo(3 * value, 6);
    });
  });

  it.each(kinds)('%s of a batch is the mean of its parts, weighted by their images', (kind) => {
    const [output, values] = [noise('output'), noise('values', [0.1, 1, 7])];
    const loss = featureLoss(kind, values, 3);
    const image = (all: Float32Array, i: number) =>
      tf.tensor4d(all.subarray(18 * i, 18 * i + 18), [1, 3, 2, 3]);
    const parts = [0, 1].map((i) => loss.of(image(output, i), image(values, i)).dataSync()[0] ?? 0);
    const mean = ((parts[0] ?? 0) + (parts[1] ?? 0)) / 2;
    expect(mean / lossOf(kind, output, values)).toBeCloseTo(1, 6);
    loss.dispose();
  });

  it('all but mse are free of the scale of the teacher', () => {
    const [output, values] = [noise('output'), noise('values', [1, 2, 3])];
    const scaled = (array: Float32Array) => array.map((value) => 64 * value);
    for (const kind of kinds) {
      const ratio = lossOf(kind, scaled(output), scaled(values)) / lossOf(kind, output, values);
      expect(ratio, kind).toBeCloseTo(kind === 'mse' ? 4096 : 1, 3);
    }
  });

  it('a dead channel of the teacher does not drown the others', () => {
    const values = noise('values', [0, 1, 1]);
    const output = noise('output');
    // Its variance is taken for 10⁻⁴ of the mean one.
    const loss = lossOf('noiseToSignal', output, values);
    expect(loss).toBeGreaterThan(100);
    expect(loss).toBeLessThan(1e5);
    expect(lossOf('noiseToSignal', output, new Float32Array(36))).toBeLessThan(1e12);
  });

  it('cosine of a map of zeros is a right angle, without a gradient that is not finite', () => {
    const zeros = new Float32Array(36);
    expect(lossOf('cosine', noise('output'), zeros)).toBeCloseTo(1, 6);
    const output = tf.tensor4d(zeros, shape);
    const values = noise('values');
    const target = tf.tensor4d(values, shape);
    const loss = featureLoss('cosine', values, 3);
    const { grads } = tf.engine().gradients(() => loss.of(output, target), [output]);
    expect([...(grads[0]?.dataSync() ?? [Number.NaN])].every(Number.isFinite)).toBe(true);
  });
});
