import type { KernelFunc, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from './context.ts';

/** A kernel to register for the wasm backend. */
export interface KernelDefinition {
  name: string;
  /** `stock` is the kernel tfjs ships under this name, for the cases left to it. */
  build(context: KernelContext, stock: KernelFunc | undefined): KernelFunc;
}

export function tensorInput(inputs: NamedTensorInfoMap, name: string): TensorInfo {
  const info = inputs[name];
  if (info === undefined) throw new Error(`Missing kernel input ${name}.`);
  return info;
}

/** One dimension of a shape, negative from the end. */
export function dimension(info: TensorInfo, index: number): number {
  const size = info.shape.at(index);
  if (size === undefined) throw new Error(`No dimension ${index} in shape [${info.shape}].`);
  return size;
}

/** Throws unless the vector has one value per channel: kernels read it without further checks. */
export function assertChannels(vector: TensorInfo, channels: number, name: string): void {
  assertShape(vector, [channels], name);
}

/** Throws unless the tensor has this shape: kernels read it without further checks. */
export function assertShape({ shape }: TensorInfo, wanted: readonly number[], name: string): void {
  if (shape.length !== wanted.length || shape.some((size, i) => size !== wanted[i])) {
    throw new Error(`${name} must have shape [${wanted}], got [${shape}].`);
  }
}

export function assertSameShape(a: TensorInfo, b: TensorInfo, name: string): void {
  if (a.shape.length !== b.shape.length || a.shape.some((size, i) => size !== b.shape[i])) {
    throw new Error(`${name}: shapes [${a.shape}] and [${b.shape}] differ.`);
  }
}
