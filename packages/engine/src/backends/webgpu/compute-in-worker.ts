// Runs in a worker thread of webgpu.test.ts: multiplies two matrices, after a fault where told.
import { parentPort, workerData } from 'node:worker_threads';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { openEngine } from '../open.ts';

await openEngine('webgpu', { allowSoftware: true });
if (workerData === 'broken') {
  const { device } = tf.backend() as WebGPUBackend;
  device.createBuffer({ size: 2 ** 52, usage: GPUBufferUsage.STORAGE });
}
const product = tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]]));
parentPort?.postMessage(
  await product.data().then(
    (values) => ({ values: [...values] }),
    (error: unknown) => ({ error: String(error) }),
  ),
);
