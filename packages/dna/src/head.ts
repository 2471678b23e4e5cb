import { bytesPerElement, convolutionCost, poolingCost } from './layer-cost.ts';
import type { Activation, Cost, Head } from './types.ts';

/**
 * One step of a head: 1×1 convolution + BN + activation (`conv`), mean over all positions (`pool`),
 * linear layer with bias and activation (`hidden`), linear layer with bias (`fc`).
 */
export interface HeadPart {
  name: 'conv' | 'pool' | 'hidden' | 'fc';
  /** Width of its output. */
  channels: number;
  /** Of `conv` and `hidden`. */
  activation: Activation;
}

/** A part of a head with what enters it; after the mean `inSize` is 1. */
export interface PlacedHeadPart {
  part: HeadPart;
  inChannels: number;
  inSize: number;
  outSize: number;
  cost: Cost;
}

/** The parts that a head has, in order, on a feature map of size × size × channels. */
export function headParts(
  { channels: wide, hidden, activation }: Head,
  channels: number,
  size: number,
  classes: number,
): PlacedHeadPart[] {
  const pooled = wide === 0 ? channels : wide;
  const features = hidden === 0 ? pooled : hidden;
  const parts: PlacedHeadPart[] = [];
  if (wide !== 0) {
    parts.push({
      part: { name: 'conv', channels: wide, activation },
      inChannels: channels,
      inSize: size,
      outSize: size,
      cost: convolutionCost(1, channels, wide, size),
    });
  }
  parts.push({
    part: { name: 'pool', channels: pooled, activation },
    inChannels: pooled,
    inSize: size,
    outSize: 1,
    cost: poolingCost(pooled, size, 1),
  });
  if (hidden !== 0) {
    parts.push({
      part: { name: 'hidden', channels: hidden, activation },
      inChannels: pooled,
      inSize: 1,
      outSize: 1,
      cost: linearCost(pooled, hidden),
    });
  }
  parts.push({
    part: { name: 'fc', channels: classes, activation },
    inChannels: features,
    inSize: 1,
    outSize: 1,
    cost: linearCost(features, classes),
  });
  return parts;
}

function linearCost(inChannels: number, outChannels: number): Cost {
  const weights = inChannels * outChannels;
  return {
    params: weights + outChannels,
    macs: weights,
    flopsTool: weights,
    activationBytes: bytesPerElement * outChannels,
  };
}
