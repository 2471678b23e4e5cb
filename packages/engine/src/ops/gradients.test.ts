import { createRandom } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeEngines } from '../backends/describe-engines.ts';
import { openEngine } from '../backends/open.ts';
import { gradientMismatch } from '../finite-differences.ts';
import { relativeError } from '../tolerance.ts';
import { absoluteErrorMean } from './absolute-error-mean.ts';
import { affineActivation } from './affine-activation.ts';
import { batchNormPoolTrain } from './batch-norm-pool-train.ts';
import { batchNormTrain } from './batch-norm-train.ts';
import { channelGate } from './channel-gate.ts';
import { gatedPointwise } from './gated-pointwise.ts';
import { normDepthwise } from './norm-depthwise.ts';
import { smoothedTargets, softmaxCrossEntropy } from './softmax-cross-entropy.ts';
import { spatialMean } from './spatial-mean.ts';
import { squaredErrorMean } from './squared-error-mean.ts';

const random = createRandom('gradients');

function noise(...shape: number[]): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  return tf.tensor(
    Float32Array.from({ length: size }, () => random.normal()),
    shape,
  );
}

describeEngines('gradients against finite differences', (engine) => {
  beforeAll(async () => {
    await openEngine(engine);
  });

  // A fixed random weighting, so that no gradient vanishes by symmetry.
  function weigh(y: tf.Tensor, weights: tf.Tensor): tf.Tensor {
    return squaredErrorMean(y, weights);
  }

  it.each(['none', 'swish'] as const)('batch norm with batch statistics, %s', (activation) => {
    const weights = noise(2, 3, 2, 3);
    const mismatch = gradientMismatch([noise(2, 3, 2, 3), noise(3), noise(3)], ([x, s, o]) => {
      const attributes = { epsilon: 1e-5, activation };
      const [y] = batchNormTrain(x as tf.Tensor, s as tf.Tensor1D, o as tf.Tensor1D, attributes);
      return weigh(y, weights);
    });
    expect(mismatch).toBeLessThan(2e-2);
  });

  it.each(['none', 'swish'] as const)('affine and activation, %s', (activation) => {
    const weights = noise(2, 2, 3);
    const mismatch = gradientMismatch([noise(2, 2, 3), noise(3), noise(3)], ([x, s, o]) =>
      weigh(
        affineActivation(x as tf.Tensor, s as tf.Tensor1D, o as tf.Tensor1D, activation),
        weights,
      ),
    );
    expect(mismatch).toBeLessThan(2e-2);
  });

  it('relu passes gradients above zero only', () => {
    const x = tf.tensor2d([[-2, 3]]);
    const scale = tf.tensor1d([1, 1]);
    const offset = tf.tensor1d([0.5, 0.5]);
    const y = () => affineActivation(x, scale, offset, 'relu');
    const { value, grads } = tf.engine().gradients(y, [x], tf.ones([1, 2]));
    expect([...value.dataSync()]).toEqual([0, 3.5]);
    expect([...(grads[0]?.dataSync() ?? [])]).toEqual([0, 1]);
  });

  it('spatial mean and channel gate', () => {
    const weights = noise(2, 3, 2, 3);
    const mismatch = gradientMismatch([noise(2, 3, 2, 3), noise(2, 3)], ([x, gate]) => {
      const pooled = spatialMean(x as tf.Tensor4D);
      const mixed = tf.add(pooled, gate as tf.Tensor2D) as tf.Tensor2D;
      return weigh(channelGate(x as tf.Tensor4D, mixed), weights);
    });
    expect(mismatch).toBeLessThan(2e-2);
  });

  it('batch norm with its spatial mean', () => {
    const weights = noise(2, 3, 2, 3);
    const mismatch = gradientMismatch([noise(2, 3, 2, 3), noise(3), noise(3)], ([x, s, o]) => {
      const attributes = { epsilon: 1e-5, activation: 'swish' } as const;
      const [scale, offset] = [s as tf.Tensor1D, o as tf.Tensor1D];
      const [y, , , pooled] = batchNormPoolTrain(x as tf.Tensor4D, scale, offset, attributes);
      return weigh(channelGate(y, pooled), weights);
    });
    expect(mismatch).toBeLessThan(2e-2);
  });

  it('batch norm before a depth-wise convolution', () => {
    for (const stride of [1, 2] as const) {
      const weights = noise(2, 4 / stride, 4 / stride, 3);
      const tensors = [noise(2, 4, 4, 3), noise(3), noise(3), noise(3, 3, 3, 1)];
      const mismatch = gradientMismatch(tensors, ([x, s, o, k]) => {
        const parts = [s as tf.Tensor1D, o as tf.Tensor1D, k as tf.Tensor4D] as const;
        const attributes = { epsilon: 1e-5, activation: 'swish' } as const;
        const window = { stride, padding: 1 } as const;
        const [y] = normDepthwise(x as tf.Tensor4D, parts, attributes, window);
        return weigh(y, weights);
      });
      expect(mismatch).toBeLessThan(2e-2);
    }
  });

  it('gated pointwise convolution', () => {
    const weights = noise(2, 3, 2, 5);
    const tensors = [noise(2, 3, 2, 3), noise(2, 3), noise(1, 1, 3, 5)];
    const mismatch = gradientMismatch(tensors, ([x, gate, kernel]) =>
      weigh(gatedPointwise(x as tf.Tensor4D, gate as tf.Tensor2D, kernel as tf.Tensor4D), weights),
    );
    expect(mismatch).toBeLessThan(2e-2);
  });

  it('cross-entropy of smoothed labels', () => {
    const targets = tf.tensor2d(smoothedTargets([2, 0, 1], 4, 0.1), [3, 4]);
    const mismatch = gradientMismatch([noise(3, 4)], ([logits]) =>
      softmaxCrossEntropy(logits as tf.Tensor2D, targets),
    );
    expect(mismatch).toBeLessThan(2e-2);
  });

  it('convolutions with symmetric padding, both strides', () => {
    for (const stride of [1, 2]) {
      const out = 4 / stride;
      const dense = noise(1, out, out, 3);
      const kernels = [noise(3, 3, 2, 3), noise(5, 5, 2, 1)];
      const wide = noise(1, out, out, 2);
      const mismatch = gradientMismatch([noise(1, 4, 4, 2), ...kernels], ([x, k, d]) => {
        const full = tf.conv2d(x as tf.Tensor4D, k as tf.Tensor4D, stride, 1);
        const each = tf.depthwiseConv2d(x as tf.Tensor4D, d as tf.Tensor4D, stride, 2);
        return tf.add(weigh(full, dense), weigh(each, wide));
      });
      expect(mismatch).toBeLessThan(2e-2);
    }
  });
});

describe('losses', () => {
  beforeAll(async () => {
    await openEngine('wasm');
  });

  it('are means over all elements', () => {
    const a = tf.tensor2d([
      [1, 2],
      [3, 4],
    ]);
    const b = tf.tensor2d([
      [0, 4],
      [3, 0],
    ]);
    expect(squaredErrorMean(a, b).dataSync()[0]).toBeCloseTo(21 / 4, 6);
    expect(absoluteErrorMean(a, b).dataSync()[0]).toBeCloseTo(7 / 4, 6);
    expect(() => squaredErrorMean(a, tf.tensor1d([1, 2, 3, 4]))).toThrow('squaredErrorMean');
  });

  it('spread label smoothing over all classes and refuse unknown labels', () => {
    expect(relativeError(smoothedTargets([1], 4, 0.2), [0.05, 0.85, 0.05, 0.05])).toBeLessThan(
      1e-6,
    );
    expect(() => smoothedTargets([4], 4, 0)).toThrow('Label 4');
  });

  it('stay finite for extreme logits', () => {
    const loss = softmaxCrossEntropy(tf.tensor2d([[1000, -1000]]), tf.tensor2d([[0, 1]]));
    expect(loss.dataSync()[0]).toBeCloseTo(2000, 2);
  });
});
