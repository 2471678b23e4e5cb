import type * as tf from '@tensorflow/tfjs-core';
import type { BatchNorm } from './batch-norm.ts';

/** Batch statistics that a training step saw, to be folded into the running ones afterwards. */
export interface Moments {
  readonly norm: BatchNorm;
  readonly mean: tf.Tensor1D;
  /** Biased: divided by the number of values. */
  readonly variance: tf.Tensor1D;
  /** How many values each channel's statistics were taken over. */
  readonly count: number;
}

/** Batch normalisation folded into one multiplication and one addition per channel. */
export interface Affine {
  readonly scale: tf.Tensor1D;
  readonly offset: tf.Tensor1D;
}

/**
 * Stochastic depth (Huang et al. 2016), asked once per residual layer and step: what each of `count`
 * images' residual branch is multiplied with, 0 or 1 / (1 − p), or undefined where nothing is
 * dropped. `depth` is the layer's index over the number of layers, in [0, 1); the published networks
 * use p = rate · depth. No two layers of a network have the same depth.
 */
export type DropPath = (depth: number, count: number) => Float32Array | undefined;

/** A training step's statistics and what it drops. */
export interface TrainMode {
  readonly kind: 'train';
  readonly moments: Moments[];
  /** Of the features that enter the classifier, [batch, `NetworkModel.headFeatures`]. */
  readonly dropoutMask?: tf.Tensor2D;
  readonly dropPath?: DropPath;
}

/**
 * How batch normalisation behaves in a forward pass:
 * - `train`: statistics of this batch; they are recorded in `moments`, kept beyond any tidy, and
 *   the caller folds them into the running statistics and disposes of them.
 * - `eval`: running statistics.
 * - `calibrate`: statistics of this batch; each normalisation's fold is put into `affine`, kept
 *   beyond any tidy. Nothing of the network changes.
 * - `given`: the folds in `affine`, from an earlier `calibrate` pass.
 * - `recalibrate`: statistics of this batch, which replace the running ones.
 */
export type ForwardMode =
  | TrainMode
  | { readonly kind: 'eval' }
  | { readonly kind: 'calibrate'; readonly affine: Map<BatchNorm, Affine> }
  | { readonly kind: 'given'; readonly affine: ReadonlyMap<BatchNorm, Affine> }
  | { readonly kind: 'recalibrate' };
