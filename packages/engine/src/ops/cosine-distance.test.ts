import { createRandom } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../backends/describe-engines.ts';
import { openEngine } from '../backends/open.ts';
import { relativeError } from '../tolerance.ts';
import { cosineDistance } from './cosine-distance.ts';

describeEngines('cosineDistance', (engine) => {
  beforeAll(async () => {
    await openEngine(engine);
  });

  it.each([
    [56, 48],
    [7, 640],
  ])('of large maps that are nearly alike keeps its digits: %i×%i', (size, channels) => {
    const random = createRandom('cosine', size);
    const length = size * size * channels;
    const a = Float32Array.from({ length }, () => Math.abs(random.normal()));
    const b = a.map((value) => value + 0.05 * random.normal());
    const inner = (x: Float32Array, y: Float32Array) =>
      x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
    const expected = 1 - inner(a, b) / Math.sqrt(inner(a, a) * inner(b, b));
    expect(expected).toBeLessThan(2e-3);
    const actual = tf.tidy(() => {
      const [x, y] = [a, b].map((data) => tf.tensor4d(data, [1, size, size, channels]));
      return cosineDistance(x as tf.Tensor4D, y as tf.Tensor4D).dataSync();
    });
    expect(relativeError(actual, [expected])).toBeLessThan(1e-3);
  });
});
