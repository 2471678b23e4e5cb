import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { squaredErrorMean } from './squared-error-mean.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

it('gives memory back during the backward pass, and all of it at the end', () => {
  const x = tf.ones([1000]);
  const target = tf.zeros([1000]);
  const before = tf.memory();
  let atTheInput = 0;
  // The first node forward is the last backward: it sees what the others have left.
  const watch = tf.customGrad((...given) => ({
    value: tf.mul(given[0] as tf.Tensor, 1),
    gradFunc: (dy: tf.Tensor) => {
      atTheInput = tf.memory().numBytes - before.numBytes;
      return tf.mul(dy, 1);
    },
  }));
  const { value, grads } = tf.engine().gradients(() => {
    let y: tf.Tensor = watch(x);
    for (let depth = 0; depth < 30; depth++) y = tf.sigmoid(y);
    return squaredErrorMean(y, target);
  }, [x]);
  expect(grads[0]?.dataSync().every((gradient) => gradient > 0 && gradient < 1)).toBe(true);
  // 30 activations and 30 gradients of 4,000 bytes would be 240,000.
  expect(atTheInput).toBeLessThan(5 * 4000);
  tf.dispose([value, ...grads]);
  expect(tf.memory().numTensors).toBe(before.numTensors);
  expect(tf.memory().numBytes).toBe(before.numBytes);
});
