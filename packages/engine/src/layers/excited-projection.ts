import type * as tf from '@tensorflow/tfjs-core';
import { gatedPointwise } from '../ops/gated-pointwise.ts';
import { pointwise } from '../ops/pointwise.ts';
import type { BatchNorm } from './batch-norm.ts';
import type { ForwardMode } from './forward-mode.ts';
import type { Parameter } from './parameter-store.ts';
import type { SqueezeExcite } from './squeeze-excite.ts';

interface Parts {
  /** Of the features that enter, with the activation after it. */
  readonly norm: BatchNorm;
  readonly gate: SqueezeExcite | null;
  /** [1, 1, in, out] */
  readonly project: Parameter;
}

/**
 * How a mobile layer ends: BN → activation → squeeze-excite, where there is one → 1×1 projection.
 * `x` [batch, height, width, in] → [batch, height, width, out].
 */
export function excitedProjection(
  x: tf.Tensor4D,
  { norm, gate, project }: Parts,
  mode: ForwardMode,
): tf.Tensor4D {
  if (gate === null) return pointwise(norm.forward(x, mode), project.value);
  const { y, pooled } = norm.forwardPooled(x, mode);
  return gatedPointwise(y, gate.gate(pooled), project.value);
}
