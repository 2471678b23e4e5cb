import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../backends/describe-engines.ts';
import { openEngine } from '../backends/open.ts';
import { gradientMismatch } from '../finite-differences.ts';
import { softmaxDivergence } from './softmax-divergence.ts';

describeEngines('softmaxDivergence', (engine) => {
  beforeAll(async () => {
    await openEngine(engine);
  });

  const teacher = () =>
    tf.tensor2d([
      [Math.log(3), 0],
      [0, 0],
    ]);
  const student = () =>
    tf.tensor2d([
      [0, 0],
      [0, Math.log(3)],
    ]);

  it('is the divergence of the probabilities', () => {
    // 3/4, 1/4 against 1/2, 1/2, and 1/2, 1/2 against 1/4, 3/4.
    const first = 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5);
    const second = 0.5 * Math.log(2) + 0.5 * Math.log(2 / 3);
    const divergence = softmaxDivergence(student(), teacher()).dataSync()[0];
    expect(divergence).toBeCloseTo((first + second) / 2, 6);
    expect(softmaxDivergence(teacher(), teacher()).dataSync()[0]).toBeCloseTo(0, 7);
  });

  it('softens by the temperature and is multiplied with its square', () => {
    const scaled = softmaxDivergence(tf.mul(student(), 4), tf.mul(teacher(), 4), 4).dataSync()[0];
    const plain = softmaxDivergence(student(), teacher()).dataSync()[0] as number;
    expect(scaled).toBeCloseTo(16 * plain, 5);
  });

  it('has the gradient of its differences and stays finite for extreme logits', () => {
    const target = tf.tensor2d([
      [1, -1, 0.3],
      [0.2, 2, -1],
    ]);
    const logits = tf.tensor2d([
      [0.5, 0.1, -0.7],
      [-1, 0.4, 0.9],
    ]);
    const mismatch = gradientMismatch([logits], ([x]) =>
      softmaxDivergence(x as tf.Tensor2D, target, 2),
    );
    expect(mismatch).toBeLessThan(2e-2);
    const extreme = softmaxDivergence(tf.tensor2d([[1000, -1000]]), tf.tensor2d([[-1000, 1000]]));
    expect(extreme.dataSync()[0]).toBeCloseTo(2000, 2);
  });
});
