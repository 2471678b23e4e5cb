import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose, filled, numbers, run, useWasm, values } from '../testing.ts';

const rates = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

describe('AdamStep', () => {
  useWasm();

  it.each([
    [1, 0, 0],
    [3, 0.1, 0],
    [4, 0, 0.2],
    [10, 0.01, 0],
    [67, 0.5, 0.1],
  ])(
    '%i parameters, decay %f, decoupled %f: three steps as in PyTorch',
    (size, weightDecay, decoupledDecay) => {
      const param = filled([size], 1);
      const m = tf.zeros([size]);
      const v = tf.zeros([size]);
      const expected = Array.from(values(param), (value) => ({ value, m: 0, v: 0 }));
      for (let step = 1; step <= 3; step++) {
        const gradients = numbers(size, 10 + step);
        expect(
          run(
            'AdamStep',
            { param, grad: tf.tensor(gradients), m, v },
            {
              ...rates,
              step,
              weightDecay,
              decoupledDecay,
            },
          ),
        ).toEqual([]);
        expected.forEach((state, i) => {
          const gradient = (gradients[i] ?? Number.NaN) + weightDecay * state.value;
          state.m = rates.beta1 * state.m + (1 - rates.beta1) * gradient;
          state.v = rates.beta2 * state.v + (1 - rates.beta2) * gradient ** 2;
          const root = Math.sqrt(state.v / (1 - rates.beta2 ** step)) + rates.epsilon;
          state.value *= 1 - rates.learningRate * decoupledDecay;
          state.value -= (rates.learningRate * (state.m / (1 - rates.beta1 ** step))) / root;
        });
      }
      expectClose(
        param,
        expected.map((state) => state.value),
        1e-6,
      );
      expectClose(
        m,
        expected.map((state) => state.m),
        1e-6,
      );
      expectClose(
        v,
        expected.map((state) => state.v),
        1e-6,
      );
    },
  );

  it('is seen by stock (here: dilated) convolutions, which cache packed weights', () => {
    const x = tf.ones<tf.Rank.R4>([1, 6, 6, 3]);
    const filter = filled([3, 3, 3, 4], 1) as tf.Tensor4D;
    const before = values(tf.conv2d(x, filter, 1, 'valid', 'NHWC', 2));
    const state = { m: tf.zerosLike(filter), v: tf.zerosLike(filter), grad: tf.onesLike(filter) };
    run(
      'AdamStep',
      { param: filter, ...state },
      { ...rates, step: 1, weightDecay: 0, decoupledDecay: 0 },
    );
    const after = values(tf.conv2d(x, filter, 1, 'valid', 'NHWC', 2));
    // The first step moves every one of the 27 weights by the learning rate.
    expectClose(
      after,
      before.map((value) => value - 27 * rates.learningRate),
      1e-5,
    );
  });

  it('refuses shapes that differ', () => {
    const inputs = {
      param: filled([4], 1),
      grad: filled([5], 1),
      m: filled([4], 1),
      v: filled([4], 1),
    };
    expect(() =>
      run('AdamStep', inputs, { ...rates, step: 1, weightDecay: 0, decoupledDecay: 0 }),
    ).toThrow('differ');
  });
});
