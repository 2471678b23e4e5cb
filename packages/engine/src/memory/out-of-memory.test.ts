import { DomainError } from '@blockwise/contracts';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { isOutOfMemory } from './out-of-memory.ts';
import { takeMemory } from './wasm-ballast.ts';

/** Words of the programs themselves. */
test.each([
  'OOM when allocating tensor with shape[64,112,112,96] and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc',
  'TensorFlow RESOURCE_EXHAUSTED: Failed to allocate memory for the batch of component 0',
  'failed to allocate 2.00G (2147483648 bytes) from device: CUDA_ERROR_OUT_OF_MEMORY: out of memory',
  'Out of memory: buffer size 8589934592 with usage Storage',
  'Device lost: VK_ERROR_OUT_OF_DEVICE_MEMORY',
  "Failed to execute 'createBuffer' on 'GPUDevice': createBuffer failed, size (4294967296) is too large",
  'Worker terminated due to reaching memory limit: JS heap out of memory',
  'std::bad_alloc',
])('is recognised in "%s"', (words) => {
  expect(isOutOfMemory(new Error(words))).toBe(true);
  expect(isOutOfMemory(new Error('the task failed', { cause: new Error(words) }))).toBe(true);
});

test.each([
  new Error('Argument x passed to conv2d must be float32, but got int32'),
  new Error('A valid external Instance reference no longer exists: device lost'),
  new DomainError('DIVERGED', 'the loss exploded; out of memory is another code'),
  'out of memory',
  null,
])('is not read into %s', (error) => {
  expect(isOutOfMemory(error)).toBe(false);
});

test('more than there is left is refused by wasm itself, and what was there stays whole', async () => {
  await openEngine('wasm');
  const kept = tf.tensor1d([1, 2, 3]);
  const { numTensors, numDataBuffers } = tf.memory();
  const giveBack = takeMemory(64 * 2 ** 20);
  let seen: unknown = null;
  try {
    // A hundred times one MiB.
    tf.tidy(() => tf.tile(tf.zeros([1, 2 ** 18]), [100, 1]));
  } catch (error) {
    seen = error;
  }
  giveBack();
  expect(isOutOfMemory(seen)).toBe(true);
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  expect([...tf.mul(kept, 2).dataSync()]).toEqual([2, 4, 6]);
});

test('a kernel that finds no room for its scratch leaves what is in memory whole', async () => {
  await openEngine('wasm');
  const filter = tf.ones([3, 3, 64, 1]) as tf.Tensor4D;
  const convolve = (x: tf.Tensor4D) => tf.depthwiseConv2d(x, filter, 1, 'same');
  const small = tf.ones([1, 8, 8, 64]) as tf.Tensor4D;
  const large = tf.ones([1, 200, 200, 64]) as tf.Tensor4D;
  tf.dispose(convolve(small));
  const giveBack = takeMemory(4 * 2 ** 20);
  expect(() => convolve(large)).toThrow(/memory is full/);
  giveBack();
  // Of every size that may fit where the scratch was; then kernels want scratch again.
  const kept = Array.from({ length: 40 }, (_, i) => tf.fill([1024 * (i + 1)], i));
  for (let i = 0; i < 5; i++) tf.dispose([convolve(small), convolve(large)]);
  for (const [i, tensor] of kept.entries()) {
    expect(new Set(tensor.dataSync())).toEqual(new Set([i]));
  }
  tf.dispose([filter, small, large, ...kept]);
});

test('so is more than the machine has for an array', () => {
  expect(() => new Float32Array(2 ** 40)).toThrow();
  let seen: unknown = null;
  try {
    new ArrayBuffer(2 ** 52);
  } catch (error) {
    seen = error;
  }
  expect(isOutOfMemory(seen)).toBe(true);
});
