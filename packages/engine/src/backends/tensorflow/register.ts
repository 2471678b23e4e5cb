import * as tf from '@tensorflow/tfjs-core';
import { batchNormKernels } from './batch-norm.ts';
import { convolutions } from './convolutions.ts';
import { maxPoolKernels } from './max-pool.ts';

/**
 * Registers the kernels that tfjs-node lacks, or computes slower than TensorFlow can. Idempotent.
 */
export function registerTensorflowKernels(gpu: boolean): void {
  for (const kernel of [...convolutions, ...maxPoolKernels, ...(gpu ? [] : batchNormKernels)]) {
    if (tf.getKernel(kernel.kernelName, kernel.backendName)?.kernelFunc === kernel.kernelFunc) {
      continue;
    }
    if (tf.getKernel(kernel.kernelName, kernel.backendName) !== undefined) {
      tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    }
    tf.registerKernel(kernel);
  }
}
