import type * as tf from '@tensorflow/tfjs-core';
import type { FeatureShape } from '../supernet.ts';

/**
 * A trained network, frozen: the source of the features that the cells learn from, whatever it is
 * built of. Cut point 0 is the stem's output, cut i the output of block i (the first block is 1).
 *
 * Arrays are NHWC, row-major, and may hold any number of images; tensors are computed in one piece,
 * and those that come back are the caller's. Nothing has a gradient.
 */
export interface FeatureTeacher {
  /** Shapes of the feature maps, by cut point. */
  readonly cuts: readonly FeatureShape[];
  /** How many classes it tells apart; null where it is no classifier and has no logits. */
  readonly classes: number | null;
  /** Of the images that it takes. */
  readonly image: FeatureShape;

  /** The feature maps of `count` images at the wanted cut points, in the order of `cuts`. */
  features(x: Float32Array, count: number, cuts: readonly number[]): Promise<Float32Array[]>;
  /** [count, classes] */
  logits(x: Float32Array, count: number): Promise<Float32Array>;
  /** What {@link logits} makes of `count` feature maps at a cut point. */
  logitsFrom(cut: number, features: Float32Array, count: number): Promise<Float32Array>;
  /** The class that it takes each of `count` images for. */
  guess(x: Float32Array, count: number): Promise<Uint32Array>;

  /** `x` [batch, size, size, channels] → the feature maps at `cuts`. */
  featuresTensor(x: tf.Tensor4D, cuts: readonly number[]): tf.Tensor4D[];
  /** `x` [batch, size, size, channels] → [batch, classes] */
  logitsTensor(x: tf.Tensor4D): tf.Tensor2D;
  /** A feature map at a cut point → [batch, classes] */
  logitsFromTensor(cut: number, features: tf.Tensor4D): tf.Tensor2D;

  dispose(): void;
}
