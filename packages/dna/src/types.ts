/** `hardSwish`: x · min(max(x + 3, 0), 6) / 6. */
export type Activation = 'swish' | 'relu' | 'hardSwish';

/**
 * Squeeze-and-excitation: `ratio` of the layer's input width (`input`: EfficientNet, swish and
 * sigmoid), or of its hidden width rounded to eights (`hidden`: MobileNetV3, ReLU and hard sigmoid).
 * Ratio 0: none.
 */
export interface Squeeze {
  ratio: number;
  of: 'input' | 'hidden';
}

/** Convolution without bias, batch normalisation, activation: `cn_k3_s2_c32`. */
export interface ConvLayer {
  kind: 'cn';
  kernel: number;
  stride: 1 | 2;
  channels: number;
  activation: Activation;
}

/** Maximum pooling, width unchanged: `mp_k3_s2`. */
export interface PoolLayer {
  kind: 'mp';
  kernel: number;
  stride: 1 | 2;
}

/** Depth-wise convolution, squeeze-and-excitation, linear 1×1 projection, residual where shape allows it: `ds_k3_s1_c16_se0.25`. */
export interface SeparableLayer {
  kind: 'ds';
  kernel: number;
  stride: 1 | 2;
  channels: number;
  squeeze: Squeeze;
  activation: Activation;
}

/** Inverted residual (MBConv), residual where shape allows it: `ir_k5_s2_e6_c40_se0.25`. */
export interface InvertedResidualLayer {
  kind: 'ir';
  kernel: number;
  stride: 1 | 2;
  /** Hidden width is round(expansion × input width). */
  expansion: number;
  channels: number;
  squeeze: Squeeze;
  activation: Activation;
}

/** Fused MBConv: a dense k×k expansion in place of 1×1 and depth-wise: `er_k3_s2_e4_c24`. */
export interface FusedLayer {
  kind: 'er';
  kernel: number;
  stride: 1 | 2;
  expansion: number;
  channels: number;
  squeeze: Squeeze;
  activation: Activation;
}

/**
 * ResNet's bottleneck: 1×1 to round(expansion × channels), k×k with the stride, 1×1 to `channels`,
 * plus the input (through a 1×1 convolution + BN where the shape changes), then the activation:
 * `bt_k3_s2_e0.25_c256_nre`.
 */
export interface BottleneckLayer {
  kind: 'bt';
  kernel: number;
  stride: 1 | 2;
  expansion: number;
  channels: number;
  activation: Activation;
}

/** One layer of a network. `channels` is the width of its output. */
export type Layer =
  | ConvLayer
  | PoolLayer
  | SeparableLayer
  | InvertedResidualLayer
  | FusedLayer
  | BottleneckLayer;

/** A candidate operation: a layer whose width and stride its place in a cell gives. */
export type Op =
  | Omit<InvertedResidualLayer, 'stride' | 'channels'>
  | Omit<FusedLayer, 'stride' | 'channels'>
  | Omit<BottleneckLayer, 'stride' | 'channels'>;

/** How every convolution of a network pads, and the epsilon of its batch normalisations. */
export interface Frame {
  /** `symmetric`: (kernel − 1) / 2 on each side; `same`: TensorFlow's, by input size. */
  padding: 'symmetric' | 'same';
  epsilon: number;
}

/**
 * `channels`: 1×1 convolution + BN + activation before the global mean, 0: none. `hidden`: linear
 * layer with bias + activation after it, 0: none. Then the classifier. `hd_c1280`, `hd_c960_p1280_nhs`.
 */
export interface Head {
  channels: number;
  hidden: number;
  activation: Activation;
}

/** A whole network. */
export interface Network {
  frame: Frame;
  stem: Layer[];
  blocks: Layer[][];
  head: Head;
}

/** One candidate depth and width of a block; the first layer carries the stride. */
export interface CellTemplate {
  layers: number;
  channels: number;
  stride: 1 | 2;
}

/** Every layer of a cell may be any of its block's `ops`; every block is any of its cells. */
export interface SearchSpace {
  frame: Frame;
  stem: Layer[];
  blocks: { ops: Op[]; cells: CellTemplate[] }[];
  head: Head;
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
 * element + the elements entering the global mean. `activationBytes`: 4 bytes for every element
 * that a convolution, pooling or linear layer writes for one image, what its training keeps.
 */
export interface Cost {
  params: number;
  macs: number;
  flopsTool: number;
  activationBytes: number;
}

/** The costs that a search can bound; `latencyMs` where there is a measured table. */
export const costAxes = ['params', 'macs', 'flopsTool', 'activationBytes', 'latencyMs'] as const;
export type CostAxis = (typeof costAxes)[number];

/**
 * Measured milliseconds for one image, by `latencyKey(layer, inChannels, inSize)`; a network's
 * latency is the sum over its layers, its head's parts included.
 */
export interface LatencyTable {
  engine: string;
  device: string;
  /** Images per forward pass of the measurement. */
  batch: number;
  milliseconds: Record<string, number>;
}

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

export type Constraints = Partial<Record<CostAxis, Bounds | undefined>>;

/** A network that the exact search found; `loss` is the sum over blocks of λ · rating. */
export interface Solution {
  choices: CellChoice[];
  loss: number;
  cost: Cost;
  /** Where a latency table was given. */
  latencyMs?: number;
  /** The network in the grammar, as `printNetwork` writes it. */
  arch: string;
}
