import type { GradConfig, Tensor } from '@tensorflow/tfjs-core';

/** What the node of the tape that was differentiated last no longer needs. */
let finished: readonly Tensor[] = [];

/**
 * The same gradient, with memory given back during the backward pass: tfjs keeps every gradient and
 * every saved tensor until the pass ends. The tape is walked node by node, so when one node's
 * gradient is asked for, the one before has used its own `dy` and saved tensors for the last time.
 * What remains of the last node is disposed of by tfjs at the end of the pass.
 */
export function releasingGradient(config: GradConfig): GradConfig {
  return {
    ...config,
    gradFunc: (dys, saved, attrs) => {
      for (const tensor of finished) tensor.dispose();
      finished = [...(Array.isArray(dys) ? dys : [dys]), ...saved];
      return config.gradFunc(dys, saved, attrs);
    },
  };
}
