import * as tf from '@tensorflow/tfjs-core';
import { firstGradient, runKernelForOne } from './kernel.ts';

type Gradients = ReturnType<tf.GradFunc>;

/**
 * Derivatives of the tfjs operations that the layers use. tfjs-core's build for Node registers
 * none, and its own are written for every broadcast; these cover the shapes that occur here.
 */
export const coreGradients: readonly tf.GradConfig[] = [
  { kernelName: 'Add', inputsToSave: ['a', 'b'], gradFunc: addGradient },
  { kernelName: 'Multiply', inputsToSave: ['a', 'b'], gradFunc: multiplyGradient },
  { kernelName: 'Sigmoid', outputsToSave: [true], gradFunc: sigmoidGradient },
  { kernelName: 'Relu', outputsToSave: [true], gradFunc: reluGradient },
  { kernelName: 'ClipByValue', inputsToSave: ['x'], gradFunc: clipGradient },
  { kernelName: 'Identity', gradFunc: (dy) => ({ x: () => tf.clone(firstGradient(dy)) }) },
  { kernelName: 'Reshape', inputsToSave: ['x'], gradFunc: reshapeGradient },
  { kernelName: 'BatchMatMul', inputsToSave: ['a', 'b'], gradFunc: matMulGradient },
  { kernelName: 'Conv2D', inputsToSave: ['x', 'filter'], gradFunc: convGradient },
  {
    kernelName: 'DepthwiseConv2dNative',
    inputsToSave: ['x', 'filter'],
    gradFunc: depthwiseGradient,
  },
  {
    kernelName: 'MaxPool',
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: maxPoolGradient,
  },
];

function addGradient(dys: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]): Gradients {
  const dy = firstGradient(dys);
  const [a, b] = saved as [tf.Tensor, tf.Tensor];
  return { a: () => sumTo(dy, a.shape), b: () => sumTo(dy, b.shape) };
}

function multiplyGradient(dys: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]): Gradients {
  const dy = firstGradient(dys);
  const [a, b] = saved as [tf.Tensor, tf.Tensor];
  return {
    a: () => sumTo(tf.mul(dy, b), a.shape),
    b: () => sumTo(tf.mul(dy, a), b.shape),
  };
}

function sigmoidGradient(dys: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]): Gradients {
  const [y] = saved as [tf.Tensor];
  return { x: () => tf.mul(firstGradient(dys), tf.mul(y, tf.sub(1, y))) };
}

function reluGradient(dys: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]): Gradients {
  const [y] = saved as [tf.Tensor];
  return { x: () => tf.mul(firstGradient(dys), tf.step(y)) };
}

function clipGradient(
  dys: tf.Tensor | tf.Tensor[],
  saved: tf.Tensor[],
  attrs: tf.NamedAttrMap,
): Gradients {
  const [x] = saved as [tf.Tensor];
  const { clipValueMin, clipValueMax } = attrs as { clipValueMin: number; clipValueMax: number };
  const inside = () => tf.logicalAnd(tf.greater(x, clipValueMin), tf.less(x, clipValueMax));
  return { x: () => tf.mul(firstGradient(dys), tf.cast(inside(), 'float32')) };
}

function reshapeGradient(dys: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]): Gradients {
  const [x] = saved as [tf.Tensor];
  return { x: () => tf.reshape(firstGradient(dys), x.shape) };
}

// a [m, k] · b [k, n]: da = dy · bᵀ, db = aᵀ · dy
function matMulGradient(
  dys: tf.Tensor | tf.Tensor[],
  saved: tf.Tensor[],
  attrs: tf.NamedAttrMap,
): Gradients {
  if (attrs.transposeA === true || attrs.transposeB === true) {
    throw new Error('The gradient of a transposed matrix product is not written.');
  }
  const dy = firstGradient(dys);
  const [a, b] = saved as [tf.Tensor, tf.Tensor];
  return {
    a: () => tf.matMul(dy, b, false, true),
    b: () => tf.matMul(a, dy, true, false),
  };
}

function convGradient(
  dys: tf.Tensor | tf.Tensor[],
  saved: tf.Tensor[],
  attrs: tf.NamedAttrMap,
): Gradients {
  return windowGradient('Conv2D', firstGradient(dys), saved, attrs);
}

function depthwiseGradient(
  dys: tf.Tensor | tf.Tensor[],
  saved: tf.Tensor[],
  attrs: tf.NamedAttrMap,
): Gradients {
  return windowGradient('DepthwiseConv2dNative', firstGradient(dys), saved, attrs);
}

// Both kinds of convolution have kernels named after them for either derivative.
function windowGradient(
  kernelName: string,
  dy: tf.Tensor,
  saved: tf.Tensor[],
  attrs: tf.NamedAttrMap,
): Gradients {
  const [x, filter] = saved as [tf.Tensor, tf.Tensor];
  const run = (direction: string, inputs: tf.NamedTensorMap, shapes: object): tf.Tensor =>
    runKernelForOne(`${kernelName}Backprop${direction}`, inputs, { ...attrs, ...shapes });
  return {
    x: () => run('Input', { dy, filter }, { inputShape: x.shape }),
    filter: () => run('Filter', { x, dy }, { filterShape: filter.shape }),
  };
}

// The back ends have this kernel; among equal values of a window the first is taken.
function maxPoolGradient(
  dys: tf.Tensor | tf.Tensor[],
  saved: tf.Tensor[],
  attrs: tf.NamedAttrMap,
): Gradients {
  const [input, output] = saved as [tf.Tensor, tf.Tensor];
  const dy = firstGradient(dys);
  return { x: () => runKernelForOne('MaxPoolGrad', { dy, input, output }, attrs) };
}

/** Sums over the axes along which an input of `shape` was broadcast to `dy`'s shape. */
function sumTo(dy: tf.Tensor, shape: number[]): tf.Tensor {
  if (tf.util.arraysEqual(dy.shape, shape)) return tf.clone(dy);
  const lead = dy.shape.length - shape.length;
  const axes = dy.shape.flatMap((extent, axis) =>
    axis < lead || (extent !== 1 && shape[axis - lead] === 1) ? [axis] : [],
  );
  return tf.reshape(tf.sum(dy, axes), shape);
}
