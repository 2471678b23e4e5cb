import { defaultFrame, parseLayer, tensorFlowFrame } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../backends/describe-engines.ts';
import { openEngine } from '../backends/open.ts';
import { gradientMismatch } from '../finite-differences.ts';
import { squaredErrorMean } from '../ops/squared-error-mean.ts';
import { buildLayer } from './build.ts';
import { noise, placeFor } from './layer-testing.ts';
import { ParameterStore } from './parameter-store.ts';

describeEngines('max pooling', (engine) => {
  beforeAll(async () => {
    await openEngine(engine);
  });

  function pool(text: string, frame = defaultFrame, channels = 1) {
    return buildLayer(placeFor(new ParameterStore(), channels, frame), parseLayer(text));
  }

  // 0 … 15 below zero: what lies outside must not count as 0.
  const x = () => tf.sub(tf.reshape(tf.range(0, 16), [1, 4, 4, 1]), 100) as tf.Tensor4D;

  it('takes the largest value of a window that is inside, symmetric', () => {
    const y = pool('mp_k3_s2').forward(x(), { kind: 'eval' });
    expect(y.shape).toEqual([1, 2, 2, 1]);
    expect([...y.dataSync()].map((value) => value + 100)).toEqual([5, 7, 13, 15]);
  });

  it('pads as TensorFlow: one row at the bottom and right only', () => {
    const y = pool('mp_k3_s2', tensorFlowFrame).forward(x(), { kind: 'eval' });
    expect([...y.dataSync()].map((value) => value + 100)).toEqual([10, 11, 14, 15]);
  });

  it.each(['mp_k3_s2', 'mp_k3_s1', 'mp_k5_s2', 'mp_k1_s2', 'mp_k1_s1'])('%s: gradient', (text) => {
    for (const frame of [defaultFrame, tensorFlowFrame]) {
      const layer = pool(text, frame, 3);
      for (const size of [4, 5]) {
        const side = text.endsWith('2') ? Math.ceil(size / 2) : size;
        const weights = noise('weights', 2, side, side, 3);
        const mismatch = gradientMismatch([noise('pool', 2, size, size, 3)], ([input]) =>
          squaredErrorMean(layer.forward(input as tf.Tensor4D, { kind: 'eval' }), weights),
        );
        expect(mismatch).toBeLessThan(3e-2);
      }
    }
  });
});
