import * as tf from '@tensorflow/tfjs-core';
import type { ForwardMode, Moments, TrainMode } from '../layers/forward-mode.ts';
import type { Parameter } from '../layers/parameter-store.ts';
import type { Optimizer } from './optimizer.ts';

/** What a forward pass of training is told beside where its statistics go. */
export type TrainExtras = Omit<TrainMode, 'kind' | 'moments'>;

/** One forward and backward pass. */
export interface Pass {
  /** The parameters that take part; each must receive a gradient. */
  readonly parameters: readonly Parameter[];
  readonly extras?: TrainExtras;
  /** The loss, a scalar, from a forward pass in the given mode. */
  readonly loss: (mode: ForwardMode) => tf.Scalar;
  /** Called when the pass is over: what was made for it alone can go. */
  readonly close?: () => void;
}

interface Update {
  readonly optimizer: Optimizer;
  readonly learningRate: number;
}

/**
 * One step of training: forward, backward, update of the parameters, running statistics.
 * Returns the loss of the forward pass, before the update.
 */
export async function gradientStep(options: Pass & Update): Promise<number> {
  const [loss] = await accumulatedStep({ ...options, passes: [() => options] });
  return loss as number;
}

/**
 * One step from several passes, each opened when its turn comes: the gradients of all losses are
 * added up, then every parameter that took part moves once. Memory is that of one pass, and a
 * gradient for each parameter; a single pass needs no such sums.
 * Returns the loss of each pass, in order.
 */
export async function accumulatedStep(
  options: Update & { readonly passes: readonly (() => Pass)[] },
): Promise<number[]> {
  const { passes, optimizer, learningRate } = options;
  const move = (parameter: Parameter, gradient: tf.Tensor) => {
    optimizer.apply(parameter, gradient, learningRate);
  };
  const losses: tf.Scalar[] = [];
  const sums = new GradientSums();
  try {
    for (const open of passes) {
      const use = passes.length === 1 ? move : sums.add;
      losses.push(differentiate(open(), use));
    }
    tf.tidy(() => sums.each(move));
    return await Promise.all(
      losses.map(async (loss) => {
        const [value] = await loss.data();
        return value as number;
      }),
    );
  } finally {
    tf.dispose(losses);
    sums.dispose();
  }
}

/** Gradients of several passes, added up by parameter. */
class GradientSums {
  readonly #sums = new Map<string, { parameter: Parameter; sum: tf.Tensor }>();

  readonly add = (parameter: Parameter, gradient: tf.Tensor): void => {
    const earlier = this.#sums.get(parameter.name)?.sum;
    const sum = tf.keep(earlier === undefined ? tf.clone(gradient) : tf.add(earlier, gradient));
    earlier?.dispose();
    this.#sums.set(parameter.name, { parameter, sum });
  };

  each(use: (parameter: Parameter, sum: tf.Tensor) => void): void {
    for (const { parameter, sum } of this.#sums.values()) use(parameter, sum);
  }

  dispose(): void {
    tf.dispose([...this.#sums.values()].map(({ sum }) => sum));
  }
}

/** Runs a pass, hands out its gradients inside a tidy, and observes its running statistics. */
function differentiate(
  { parameters, extras, loss, close }: Pass,
  use: (parameter: Parameter, gradient: tf.Tensor) => void,
): tf.Scalar {
  const moments: Moments[] = [];
  const mode: ForwardMode = { ...extras, kind: 'train', moments };
  try {
    const value = tf.tidy(() => {
      const variables = parameters.map((parameter) => parameter.value);
      const result = tf.engine().gradients(() => loss(mode), variables);
      result.grads.forEach((gradient, index) => {
        const parameter = parameters[index];
        if (parameter === undefined || gradient == null) {
          throw new Error(`${parameter?.name ?? index} takes no part in the loss.`);
        }
        use(parameter, gradient);
      });
      return result.value;
    });
    for (const seen of moments) seen.norm.observe(seen);
    return value as tf.Scalar;
  } finally {
    for (const { mean, variance } of moments) tf.dispose([mean, variance]);
    close?.();
  }
}
