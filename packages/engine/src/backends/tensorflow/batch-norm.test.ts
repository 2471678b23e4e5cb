import { createRandom } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { batchNormTrainGradKernel, batchNormTrainKernel } from '../../ops/batch-norm-train.ts';
import { type Activation, type ComposedKernel, runKernel } from '../../ops/kernel.ts';
import { relativeError } from '../../tolerance.ts';
import { describeTensorflow } from '../describe-engines.ts';
import { openEngine } from '../open.ts';

const random = createRandom('fused batch norm');

function noise(shape: readonly number[]): tf.Tensor {
  const length = tf.util.sizeFromShape([...shape]);
  // Not around zero: a mean that is left out would not show.
  const values = Float32Array.from({ length }, () => random.normal() + 0.5);
  return tf.tensor(values, [...shape]);
}

const activations: readonly Activation[] = ['none', 'swish', 'relu', 'hardSwish'];
const shapes = [
  [4, 5, 3, 6],
  [4, 1, 1, 6],
  [3, 7, 6],
  [9, 6],
];
const cases = activations.flatMap((activation) => shapes.map((shape) => ({ activation, shape })));

describeTensorflow(
  'fused batch normalisation',
  () => {
    beforeAll(async () => {
      await openEngine('tensorflow');
    });

    /** The arrays that a kernel computes, by TensorFlow's fused operations and composed. */
    function both(composed: ComposedKernel, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap) {
      const { kernelName, kernelFunc } = composed;
      expect(tf.getKernel(kernelName, 'tensorflow')?.kernelFunc).not.toBe(kernelFunc);
      const fused = runKernel(kernelName, inputs, attrs);
      const expected = kernelFunc({ inputs, attrs, backend: tf.backend() }) as tf.Tensor[];
      const [actual, wanted] = [fused, expected].map((tensors) =>
        tensors.map((tensor) => ({ shape: tensor.shape, data: tensor.dataSync() })),
      );
      tf.dispose([fused, expected]);
      return { actual: actual ?? [], wanted: wanted ?? [] };
    }

    it.each(cases)('computes what is composed of $shape, $activation', ({ activation, shape }) => {
      const before = tf.memory().numTensors;
      const channels = [shape.at(-1) as number];
      const inputs = { x: noise(shape), scale: noise(channels), offset: noise(channels) };
      const attrs = { epsilon: 1e-3, activation };
      const forward = both(batchNormTrainKernel, inputs, attrs);
      const [mean, variance] = forward.wanted.slice(1).map(({ data }) => tf.tensor1d(data));
      const statistics = { mean: mean as tf.Tensor, variance: variance as tf.Tensor };
      const gradientInputs = { ...inputs, ...statistics, dy: noise(shape) };
      const backward = both(batchNormTrainGradKernel, gradientInputs, attrs);
      for (const { actual, wanted } of [forward, backward]) {
        expect(actual.length).toBe(3);
        wanted.forEach(({ data, shape }, index) => {
          expect(actual[index]?.shape).toEqual(shape);
          expect(relativeError(actual[index]?.data ?? [], data)).toBeLessThan(1e-5);
        });
      }
      tf.dispose([...Object.values(gradientInputs)]);
      expect(tf.memory().numTensors).toBe(before);
    });
  },
  'processor',
);
