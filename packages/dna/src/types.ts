/** Convolution without bias, batch normalisation, swish: `cn_k3_s2_c32`. */
export interface ConvLayer {
  kind: 'cn';
  kernel: number;
  stride: 1 | 2;
  channels: number;
}

/** Depth-wise convolution, squeeze-and-excitation, linear 1×1 projection; never a residual: `ds_k3_s1_c16_se0.25`. */
export interface SeparableLayer {
  kind: 'ds';
  kernel: number;
  stride: 1 | 2;
  channels: number;
  se: number;
}

/** Inverted residual (MBConv), residual where shape allows it: `ir_k5_s2_e6_c40_se0.25`. */
export interface InvertedResidualLayer {
  kind: 'ir';
  kernel: number;
  stride: 1 | 2;
  expansion: number;
  channels: number;
  se: number;
}

/**
 * One layer of a network. `channels` is the width of its output, `se` the ratio of the
 * squeeze-and-excitation (0: none), padding is symmetric (kernel − 1) / 2, the activation swish.
 */
export type Layer = ConvLayer | SeparableLayer | InvertedResidualLayer;

/** A candidate operation: an inverted residual whose width and stride its place in a cell gives. */
export interface Op {
  kind: 'ir';
  kernel: number;
  expansion: number;
  se: number;
}

/** A whole network; the head is a 1×1 convolution + BN + swish, the global mean, a linear layer. */
export interface Network {
  stem: Layer[];
  blocks: Layer[][];
  head: { channels: number };
}

/** One candidate depth and width of a block; the first layer carries the stride. */
export interface CellTemplate {
  layers: number;
  channels: number;
  stride: 1 | 2;
}

/** Every layer of every cell may be any of `ops`; every block is any of its cells. */
export interface SearchSpace {
  stem: Layer[];
  ops: Op[];
  blocks: { cells: CellTemplate[] }[];
  head: { channels: number };
}

/** Op index of every layer of a cell, first layer first. */
export type Path = readonly number[];

/** What one block of a network was chosen to be. */
export interface CellChoice {
  cell: number;
  path: Path;
}

/**
 * `params`: learnable numbers. `macs`: multiply-accumulates of convolutions and linear layers for
 * one image. `flopsTool`: the published convention, macs + SE bias adds + 2 per batch-normalised
 * element + the elements entering the global mean.
 */
export interface Cost {
  params: number;
  macs: number;
  flopsTool: number;
}

/** The two costs that a search can bound. */
export type CostAxis = 'params' | 'macs';

/** Losses of all paths of one cell, by path index; lower is better. */
export interface Rating {
  block: number;
  cell: number;
  losses: ArrayLike<number>;
}

/** Inclusive bounds. */
export interface Bounds {
  min?: number;
  max?: number;
}

export interface Constraints {
  params?: Bounds;
  macs?: Bounds;
}

/** A network that the exact search found; `loss` is the sum over blocks of λ · rating. */
export interface Solution {
  choices: CellChoice[];
  loss: number;
  cost: Cost;
  /** The network in the grammar, as `printNetwork` writes it. */
  arch: string;
}
