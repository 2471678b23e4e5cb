import type * as tf from '@tensorflow/tfjs-core';
import { type Program, runProgram, type Uniform, workgroupSize } from './program.ts';

export interface Pointwise extends Pick<Program, 'key' | 'inputs' | 'outputShape'> {
  readonly uniforms?: Readonly<Record<string, Uniform>>;
  /** WGSL functions that `value` calls. */
  readonly functions?: string;
  /** WGSL for the element at `i` of channel `c`, which is the last axis. */
  readonly value: string;
}

/** Computes every element by itself. */
export function runPointwise(
  backend: unknown,
  { functions = '', value, uniforms = {}, outputShape, ...rest }: Pointwise,
): tf.TensorInfo {
  const size = outputShape.reduce((product, extent) => product * extent, 1);
  return runProgram(backend, {
    ...rest,
    outputShape,
    uniforms: {
      elements: { type: 'i32', value: size },
      channels: { type: 'i32', value: outputShape.at(-1) ?? 1 },
      ...uniforms,
    },
    workgroups: Math.ceil(size / workgroupSize),
    code: `
      ${functions}
      fn main(i : i32) {
        if (i < uniforms.elements) {
          let c = i % uniforms.channels;
          result[i] = ${value};
        }
      }`,
  });
}
