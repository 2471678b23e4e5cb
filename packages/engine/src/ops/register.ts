import * as tf from '@tensorflow/tfjs-core';
import { absoluteErrorMeanKernel } from './absolute-error-mean.ts';
import { adamStepKernel } from './adam-step.ts';
import { affineActivationKernel } from './affine-activation.ts';
import { batchNormPoolGradient } from './batch-norm-pool-train.ts';
import { batchNormTrainGradKernel, batchNormTrainKernel } from './batch-norm-train.ts';
import { channelGateGradKernel, channelGateKernel } from './channel-gate.ts';
import { coreGradients } from './core-gradients.ts';
import { gatedPointwiseGradient } from './gated-pointwise.ts';
import { type ComposedKernel, kernelConfig } from './kernel.ts';
import { normDepthwiseGradient } from './norm-depthwise.ts';
import { releasingGradient } from './releasing-gradient.ts';
import { spatialMeanGradKernel, spatialMeanKernel } from './spatial-mean.ts';
import { squaredErrorMeanGradKernel, squaredErrorMeanKernel } from './squared-error-mean.ts';

const kernels: readonly ComposedKernel[] = [
  absoluteErrorMeanKernel,
  adamStepKernel,
  affineActivationKernel,
  batchNormTrainGradKernel,
  batchNormTrainKernel,
  channelGateGradKernel,
  channelGateKernel,
  spatialMeanGradKernel,
  spatialMeanKernel,
  squaredErrorMeanGradKernel,
  squaredErrorMeanKernel,
];

/** Of kernels that only some back ends have. */
const fusedGradients: readonly tf.GradConfig[] = [
  batchNormPoolGradient,
  gatedPointwiseGradient,
  normDepthwiseGradient,
];

/**
 * Makes the platform's operations run and differentiate on `backendName`: a kernel that the back
 * end brings itself is kept, every other one is composed of tfjs operations. Idempotent.
 */
export function registerOps(backendName: string): void {
  const gradients = kernels.flatMap(({ gradient }) => (gradient === undefined ? [] : [gradient]));
  for (const gradient of [...coreGradients, ...fusedGradients, ...gradients]) {
    if (tf.getGradient(gradient.kernelName) == null)
      tf.registerGradient(releasingGradient(gradient));
  }
  for (const kernel of kernels) {
    if (tf.getKernel(kernel.kernelName, backendName) == null) {
      tf.registerKernel(kernelConfig(kernel, backendName));
    }
  }
}
