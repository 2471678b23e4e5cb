/** A dense float32 array, row-major. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Arrays by name: weights, checkpoints. It can be posted between threads. */
export type NamedArrays = ReadonlyMap<string, NamedArray>;
