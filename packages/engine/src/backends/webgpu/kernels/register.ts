import * as tf from '@tensorflow/tfjs-core';
import { adamStep } from './adam-step.ts';
import { affineActivation } from './affine-activation.ts';
import { batchNormTrain, batchNormTrainGrad } from './batch-norm-train.ts';
import { channelGate, channelGateGrad } from './channel-gate.ts';
import { spatialMean } from './spatial-mean.ts';

/**
 * The platform's operations that have programs of their own on webgpu. What it costs to start a
 * program, some ten microseconds each in Node, is most of a small step: fewer programs, less time.
 */
export const webgpuKernels: Readonly<Record<string, tf.KernelFunc>> = {
  AdamStep: adamStep,
  AffineActivation: affineActivation,
  BatchNormTrain: batchNormTrain,
  BatchNormTrainGrad: batchNormTrainGrad,
  ChannelGate: channelGate,
  ChannelGateGrad: channelGateGrad,
  SpatialMean: spatialMean,
};

export function registerWebgpuKernels(): void {
  for (const [kernelName, kernelFunc] of Object.entries(webgpuKernels)) {
    if (tf.getKernel(kernelName, 'webgpu') != null) continue;
    tf.registerKernel({ kernelName, backendName: 'webgpu', kernelFunc });
  }
}
