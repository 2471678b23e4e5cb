import type {
  GradConfig,
  KernelConfig,
  KernelFunc,
  NamedAttrMap,
  Tensor,
} from '@tensorflow/tfjs-core';

/** The activation fused into a normalisation kernel. */
export type Activation = 'none' | 'swish' | 'relu';

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

/** Kernel attributes as tfjs types them. */
export function attributes(values: object): NamedAttrMap {
  return values as NamedAttrMap;
}
