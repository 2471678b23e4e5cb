import type { NamedArray } from '../artifacts/named-arrays.ts';
import type { ParameterSpec } from '../layers/parameter-store.ts';

/**
 * For every dimension of PyTorch's array, which of ours it is. Kernels: ours [height, width, in, out],
 * PyTorch's [out, in, height, width]; depth-wise ours [k, k, channels, 1], PyTorch's [channels, 1, k, k].
 */
const theirDimensions = {
  kernel: [3, 2, 0, 1],
  depthwise: [2, 3, 0, 1],
  matrix: [1, 0],
  vector: [0],
} satisfies Record<ParameterSpec['layout'], number[]>;

/** The shape that PyTorch has for a parameter. */
export function theirShape({ layout, shape }: Pick<ParameterSpec, 'layout' | 'shape'>): number[] {
  return theirDimensions[layout].map((dimension) => shape[dimension] as number);
}

/** PyTorch's array in our layout. */
export function fromTheirs({ layout }: ParameterSpec, array: NamedArray): NamedArray {
  const order = theirDimensions[layout];
  return permute(
    array,
    [...order.keys()].map((ours) => order.indexOf(ours)),
  );
}

/** Our array in PyTorch's layout. */
export function toTheirs({ layout }: ParameterSpec, array: NamedArray): NamedArray {
  return permute(array, theirDimensions[layout]);
}

/** Dimension i of the result is dimension `order[i]` of the array. */
function permute({ shape, data }: NamedArray, order: readonly number[]): NamedArray {
  const newShape = order.map((dimension) => shape[dimension] as number);
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((product, n) => product * n, 1));
  const steps = order.map((dimension) => strides[dimension] as number);
  const result = new Float32Array(data.length);
  const position = newShape.map(() => 0);
  let source = 0;
  for (let i = 0; i < result.length; i++) {
    result[i] = data[source] as number;
    for (let axis = newShape.length - 1; axis >= 0; axis--) {
      position[axis] = (position[axis] as number) + 1;
      source += steps[axis] as number;
      if ((position[axis] as number) < (newShape[axis] as number)) break;
      source -= (steps[axis] as number) * (newShape[axis] as number);
      position[axis] = 0;
    }
  }
  return { shape: newShape, data: result };
}
