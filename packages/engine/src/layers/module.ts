import type * as tf from '@tensorflow/tfjs-core';
import type { ForwardMode } from './forward-mode.ts';
import type { Parameter } from './parameter-store.ts';

/** One layer with its parameters. */
export interface LayerModule {
  readonly outChannels: number;
  /** The trained parameters, in the order of use. */
  readonly weights: readonly Parameter[];
  /** `x` [batch, height, width, in] → [batch, ⌈height / stride⌉, ⌈width / stride⌉, out]. */
  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor4D;
}
