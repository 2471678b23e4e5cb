import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose, filled, run, useWasm, values } from '../testing.ts';

describe('mean errors', () => {
  useWasm();

  it.each([1, 2, 3, 4, 5, 7, 8, 9, 4095, 4096, 4099, 20_001])('%i elements', (size) => {
    const a = filled([size], 1);
    const b = filled([size], 2);
    const bValues = values(b);
    const differences = Array.from(values(a), (value, i) => value - (bValues[i] ?? Number.NaN));
    const mean = (terms: number[]) => terms.reduce((sum, term) => sum + term, 0) / size;

    const [squared] = run('SquaredErrorMean', { a, b });
    expect(squared?.shape).toEqual([]);
    expectClose(squared, [mean(differences.map((d) => d * d))], 1e-6);

    const [absolute] = run('AbsoluteErrorMean', { a, b });
    expectClose(absolute, [mean(differences.map(Math.abs))], 1e-6);

    const [da] = run('SquaredErrorMeanGrad', { dy: tf.scalar(1.5), a, b });
    expectClose(
      da,
      differences.map((d) => (1.5 * 2 * d) / size),
      1e-6,
    );
  });
});
