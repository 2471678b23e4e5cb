import * as tf from '@tensorflow/tfjs-core';
import type { ForwardMode, Moments } from '../layers/forward-mode.ts';
import type { Parameter } from '../layers/parameter-store.ts';
import type { Adam } from './adam.ts';

interface GradientStep {
  /** The parameters that take part; each must receive a gradient. */
  readonly parameters: readonly Parameter[];
  readonly optimizer: Adam;
  readonly learningRate: number;
  /** Values [batch, classes] that multiply the pooled features, or none. */
  readonly dropoutMask?: tf.Tensor2D;
  /** The loss, a scalar, from a forward pass in the given mode. */
  readonly loss: (mode: ForwardMode) => tf.Scalar;
}

/**
 * One step of training: forward, backward, update of the parameters, running statistics.
 * Returns the loss of the forward pass, before the update.
 */
export async function gradientStep(options: GradientStep): Promise<number> {
  const { parameters, optimizer, learningRate, dropoutMask, loss } = options;
  const moments: Moments[] = [];
  const mode: ForwardMode =
    dropoutMask === undefined
      ? { kind: 'train', moments }
      : { kind: 'train', moments, dropoutMask };
  try {
    const value = tf.tidy(() => {
      const variables = parameters.map((parameter) => parameter.value);
      const result = tf.engine().gradients(() => loss(mode), variables);
      result.grads.forEach((gradient, index) => {
        const parameter = parameters[index];
        if (parameter === undefined || gradient == null) {
          throw new Error(`${parameter?.name ?? index} takes no part in the loss.`);
        }
        optimizer.apply(parameter, gradient, learningRate);
      });
      return result.value;
    });
    for (const seen of moments) seen.norm.observe(seen);
    const [number] = await value.data();
    value.dispose();
    return number as number;
  } finally {
    for (const { mean, variance } of moments) tf.dispose([mean, variance]);
  }
}
