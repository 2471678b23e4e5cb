import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type * as tf from '@tensorflow/tfjs-core';

/** A number that a program reads as `uniforms.NAME`. Others than the shape do not recompile it. */
export interface Uniform {
  readonly type: 'i32' | 'f32';
  readonly value: number;
}

/** A program of WGSL with one result of float32. */
export interface Program {
  /** Tells it from all others, with everything that its text depends on. */
  readonly key: string;
  /** Read as arrays of f32, by these names. */
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly uniforms: Readonly<Record<string, Uniform>>;
  readonly outputShape: readonly number[];
  /** Workgroups of 256. */
  readonly workgroups: number;
  /** Functions, and `fn main(index : i32)`, which writes `result`. */
  readonly code: string;
}

export const workgroupSize = 256;

/** Runs a program; its result is the caller's. */
export function runProgram(backend: unknown, program: Program): tf.TensorInfo {
  const { key, inputs, uniforms, outputShape, workgroups, code } = program;
  const given: WebGPUProgram = {
    shaderKey: `blockwise ${key}`,
    variableNames: Object.keys(inputs),
    uniforms: Object.entries(uniforms)
      .map(([name, { type }]) => `${name} : ${type},`)
      .join(' '),
    outputShape: [...outputShape],
    dispatchLayout: { x: outputShape.map((_, axis) => axis) },
    dispatch: [workgroups, 1, 1],
    workgroupSize: [workgroupSize, 1, 1],
    getUserCode: () => code,
  };
  return (backend as WebGPUBackend).runWebGPUProgram(
    given,
    Object.values(inputs),
    'float32',
    Object.values(uniforms).map(({ type, value }) => ({
      type: type === 'i32' ? 'int32' : 'float32',
      data: [value],
    })),
  );
}
