import type * as tf from '@tensorflow/tfjs-core';

/** The constants of TensorFlow's C interface that an attribute or a tensor is described by. */
export interface Binding {
  readonly TF_Version: string;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  isUsingGpuDevice(): boolean;
}

/** One attribute of a TensorFlow operation. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: string | number | boolean | readonly number[];
}

/** The part of tfjs-node's back end in use: it runs one TensorFlow operation at a time. */
export interface TensorflowBackend extends tf.KernelBackend {
  readonly binding: Binding;
  executeSingleOutput(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly tf.TensorInfo[],
  ): tf.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
}

/** The type attribute `T` of an operation on float32 tensors. */
export function floatType({ TF_ATTR_TYPE, TF_FLOAT }: Binding): OpAttribute {
  return { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT };
}
