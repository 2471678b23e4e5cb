import type { Activation as LayerActivation } from '@blockwise/dna';
import {
  engine,
  type GradConfig,
  type KernelConfig,
  type KernelFunc,
  type NamedAttrMap,
  type Tensor,
} from '@tensorflow/tfjs-core';

/** The activation fused into a normalisation kernel. */
export type Activation = 'none' | LayerActivation;

/** One of the platform's own kernels, as plain tensor arithmetic and with its derivative. */
export interface ComposedKernel {
  readonly kernelName: string;
  readonly kernelFunc: KernelFunc;
  readonly gradient?: GradConfig;
}

/**
 * Describes a kernel by a function of tensors. It runs on every back end that has no kernel of its
 * own under that name, and it is what a back end's own kernel is tested against.
 */
export function composedKernel<Inputs, Attributes>(
  kernelName: string,
  compute: (inputs: Inputs, attributes: Attributes) => Tensor | Tensor[],
  gradient?: Omit<GradConfig, 'kernelName'>,
): ComposedKernel {
  const kernelFunc: KernelFunc = ({ inputs, attrs }) =>
    compute(inputs as Inputs, attrs as Attributes);
  return gradient === undefined
    ? { kernelName, kernelFunc }
    : { kernelName, kernelFunc, gradient: { kernelName, ...gradient } };
}

/** The registration of `kernel` for one back end. */
export function kernelConfig(kernel: ComposedKernel, backendName: string): KernelConfig {
  return { kernelName: kernel.kernelName, backendName, kernelFunc: kernel.kernelFunc };
}

/** Runs a kernel of the active back end. A back end may hand one result out bare or in a list. */
export function runKernel(
  kernelName: string,
  inputs: Readonly<Record<string, Tensor>>,
  attributes: object = {},
): Tensor[] {
  const results = engine().runKernel<Tensor | Tensor[]>(kernelName, { ...inputs }, {
    ...attributes,
  } as NamedAttrMap);
  return Array.isArray(results) ? results : [results];
}

/** Runs a kernel with one result. */
export function runKernelForOne<T extends Tensor>(
  kernelName: string,
  inputs: Readonly<Record<string, Tensor>>,
  attributes: object = {},
): T {
  const [result] = runKernel(kernelName, inputs, attributes);
  if (result === undefined) throw new Error(`The kernel ${kernelName} gave no result.`);
  return result as T;
}

/** The gradient that a gradient function was called with, of the kernel's first result. */
export function firstGradient<T extends Tensor>(dys: Tensor | Tensor[]): T {
  const dy = Array.isArray(dys) ? dys[0] : dys;
  if (dy === undefined) throw new Error('A gradient function was called without a gradient.');
  return dy as T;
}
