import type { DistilSpec } from '@blockwise/contracts';
import type * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import type { Parameter } from '../layers/parameter-store.ts';

/**
 * Moves parameters against their gradients. All state belongs to a parameter by name, so that one
 * that takes no part in a step is not touched: with path sampling, an optimiser over the whole
 * supernet would pull the ops that were not sampled towards zero.
 */
export interface Optimizer {
  /** Moves one parameter against its gradient, of its shape, in place. */
  apply(parameter: Parameter, gradient: tf.Tensor, learningRate: number): void;
  /** All state, by names that no parameter has. */
  read(): Promise<Map<string, NamedArray>>;
  /** Replaces all state by what {@link read} gave. */
  write(arrays: NamedArrays): void;
  dispose(): void;
}

export interface OptimizerSettings {
  readonly optimizer: DistilSpec['optimizer'];
  /** β₁ of `adam` and `adamw`, whose β₂ is 0.999. */
  readonly momentum: number;
  readonly optimizerEpsilon: number;
  /**
   * On weights alone, not on biases and normalisation. Of `adamw` a decay beside the gradient, of
   * the others an L2 term in it.
   */
  readonly weightDecay: number;
}
