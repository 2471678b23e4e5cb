import { backend_util, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';

/** Geometry of a depthwise convolution, NHWC, one output channel per input channel. */
export type ConvGeometry = backend_util.Conv2DInfo;

export interface ConvAttributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dilations?: [number, number] | number | null;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dataFormat?: 'NHWC' | 'NCHW';
}

type Shape4D = [number, number, number, number];

export function convGeometry(
  inputShape: number[],
  filterShape: number[],
  attributes: ConvAttributes,
  depthwise: boolean,
): ConvGeometry {
  return backend_util.computeConv2DInfo(
    inputShape as Shape4D,
    filterShape as Shape4D,
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
    depthwise,
    backend_util.convertConv2DDataFormat(attributes.dataFormat ?? 'NHWC'),
  );
}

/** Whether the own depthwise kernels cover the case: square stride, no dilation, multiplier 1. */
export function coversDepthwise(geometry: ConvGeometry): boolean {
  return (
    geometry.dataFormat === 'channelsLast' &&
    geometry.outChannels === geometry.inChannels &&
    geometry.strideHeight === geometry.strideWidth &&
    geometry.dilationHeight === 1 &&
    geometry.dilationWidth === 1
  );
}

/** tfjs's own kernel for a case that ours leaves out. */
export function requireStock(stock: KernelFunc | undefined, kernelName: string): KernelFunc {
  if (stock) return stock;
  throw new Error(
    `${kernelName} on wasm takes NHWC tensors, one stride, no dilation, channel multiplier 1.`,
  );
}

export interface Planes {
  height: number;
  width: number;
  /** Size of one plane, in bytes. */
  bytes: number;
  /** float32 values of all planes together. */
  floats: number;
}

/** Planes of four channels (packPlanes in assembly/pack.ts) for a tensor of `channels` channels. */
export function planes(height: number, width: number, channels: number): Planes {
  // An odd number of cache lines: pixels of neighbouring planes fall into different cache sets.
  const bytes = (Math.ceil((height * width) / 4) | 1) * 64;
  return { height, width, bytes, floats: (Math.ceil(channels / 4) * bytes) / 4 };
}

/** Floats of a depthwise filter in quads of channels. */
export function packedFilterFloats(filter: TensorInfo, channels: number): number {
  const [height = 0, width = 0] = filter.shape;
  return Math.ceil(channels / 4) * 4 * height * width;
}

/**
 * One axis of dy's planes in the gradient of a depthwise input: how much zero border before dy's
 * first element, and the size of the plane. Follows the phases of depthwiseInputGrad in
 * assembly/depthwise.ts.
 */
export function inputGradAxis(
  size: number,
  kernel: number,
  stride: number,
  padBefore: number,
): { before: number; planeSize: number } {
  let before = 0;
  let last = 0;
  for (let phase = 0; phase < Math.min(stride, size); phase++) {
    const first = (phase + padBefore) % stride;
    const taps = first < kernel ? Math.floor((kernel - 1 - first) / stride) + 1 : 0;
    const shift = Math.floor((phase + padBefore) / stride);
    before = Math.max(before, taps - 1 - shift);
    last = Math.max(last, Math.ceil((size - phase) / stride) - 1 + shift);
  }
  return { before, planeSize: before + last + 1 };
}

/** Output pixels of a convolution handled at a time, as BLOCK in assembly/conv-patches.ts. */
export const patchRows = 256;
