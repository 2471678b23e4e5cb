import {
  getKernel,
  type KernelConfig,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { activeWasmBackend, createContext, type WasmBackend } from './context.ts';
import type { KernelDefinition } from './definition.ts';
import { adamStep } from './kernels/adam-step.ts';
import { affineActivation } from './kernels/affine-activation.ts';
import { batchMatMul } from './kernels/batch-mat-mul.ts';
import { batchNormPoolTrain, batchNormTrain } from './kernels/batch-norm-train.ts';
import { batchNormPoolTrainGrad, batchNormTrainGrad } from './kernels/batch-norm-train-grad.ts';
import { channelGate } from './kernels/channel-gate.ts';
import { channelGateGrad } from './kernels/channel-gate-grad.ts';
import { conv2D } from './kernels/conv2d.ts';
import { conv2DBackpropFilter } from './kernels/conv2d-backprop-filter.ts';
import { conv2DBackpropInput } from './kernels/conv2d-backprop-input.ts';
import { depthwiseBackpropFilter } from './kernels/depthwise-backprop-filter.ts';
import { depthwiseBackpropInput } from './kernels/depthwise-backprop-input.ts';
import { depthwiseConv2d } from './kernels/depthwise-conv2d.ts';
import { absoluteErrorMean, squaredErrorMean, squaredErrorMeanGrad } from './kernels/error-mean.ts';
import { gatedPointwise } from './kernels/gated-pointwise.ts';
import { gatedPointwiseGrad } from './kernels/gated-pointwise-grad.ts';
import { normDepthwise } from './kernels/norm-depthwise.ts';
import { normDepthwiseGrad } from './kernels/norm-depthwise-grad.ts';
import { spatialMean, spatialMeanGrad } from './kernels/spatial-mean.ts';

const definitions: KernelDefinition[] = [
  absoluteErrorMean,
  adamStep,
  affineActivation,
  batchMatMul,
  batchNormPoolTrain,
  batchNormPoolTrainGrad,
  batchNormTrain,
  batchNormTrainGrad,
  channelGate,
  channelGateGrad,
  conv2D,
  conv2DBackpropFilter,
  conv2DBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  depthwiseConv2d,
  gatedPointwise,
  gatedPointwiseGrad,
  normDepthwise,
  normDepthwiseGrad,
  spatialMean,
  spatialMeanGrad,
  squaredErrorMean,
  squaredErrorMeanGrad,
];

/** Names of all kernels that `registerWasmKernels` registers, overrides of tfjs's own included. */
export const kernelNames: readonly string[] = definitions.map((definition) => definition.name);

/** tfjs's own kernels, by name, from before they were replaced. */
const stockKernels = new Map<string, KernelConfig | undefined>();

let registration: { backend: WasmBackend; done: Promise<void> } | undefined;

/**
 * Registers the training kernels for tfjs's wasm backend, replacing stock kernels of the same name.
 * Call it after `await tf.ready()` with the wasm backend active. Calling again does nothing, unless
 * the backend was made anew in between.
 *
 * @throws Error when another backend is active or the compiled kernels are missing
 */
export async function registerWasmKernels(): Promise<void> {
  const backend = activeWasmBackend();
  if (registration?.backend !== backend) {
    const done = register();
    registration = { backend, done };
    done.catch(() => {
      // The caller gets this error below; a later call may try again.
      registration = undefined;
    });
  }
  await registration.done;
}

async function register(): Promise<void> {
  const context = await createContext();
  for (const { name, build } of definitions) {
    const current = getKernel(name, 'wasm');
    if (!stockKernels.has(name)) stockKernels.set(name, current);
    const stock = stockKernels.get(name);
    if (current) unregisterKernel(name, 'wasm');
    registerKernel({
      ...stock,
      kernelName: name,
      backendName: 'wasm',
      kernelFunc: build(context, stock?.kernelFunc),
    });
  }
}
