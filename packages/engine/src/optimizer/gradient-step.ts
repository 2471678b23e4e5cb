import * as tf from '@tensorflow/tfjs-core';
import type { ForwardMode, Moments, TrainMode } from '../layers/forward-mode.ts';
import type { Parameter } from '../layers/parameter-store.ts';
import { HalfMoved } from '../memory/micro-batch.ts';
import { isOutOfMemory } from '../memory/out-of-memory.ts';
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
 * gradient for each parameter; a single pass needs no such sums. When a pass fails nothing has
 * changed; `HalfMoved` says that memory did not suffice for the moves themselves.
 * Returns the loss of each pass, in order.
 */
export async function accumulatedStep(
  options: Update & { readonly passes: readonly (() => Pass)[] },
): Promise<number[]> {
  const { passes, optimizer, learningRate } = options;
  const losses: tf.Scalar[] = [];
  const moments: Moments[] = [];
  const sums = new GradientSums();
  let hasMoved = false;
  const move = (parameter: Parameter, gradient: tf.Tensor) => {
    hasMoved = true;
    optimizer.apply(parameter, gradient, learningRate);
  };
  try {
    for (const open of passes) {
      const use = passes.length === 1 ? move : sums.add;
      losses.push(differentiate(open(), use, moments));
    }
    tf.tidy(() => sums.each(move));
    for (const seen of moments) seen.norm.observe(seen);
    return await Promise.all(
      losses.map(async (loss) => {
        const [value] = await loss.data();
        return value as number;
      }),
    );
  } catch (error) {
    throw hasMoved && isOutOfMemory(error) ? new HalfMoved(error) : error;
  } finally {
    tf.dispose(losses);
    for (const { mean, variance } of moments) tf.dispose([mean, variance]);
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

/** Runs a pass and hands out its gradients inside a tidy; adds its batch statistics to `moments`. */
function differentiate(
  { parameters, extras, loss, close }: Pass,
  use: (parameter: Parameter, gradient: tf.Tensor) => void,
  moments: Moments[],
): tf.Scalar {
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
    return value as tf.Scalar;
  } catch (error) {
    dropTape();
    throw error;
  } finally {
    close?.();
  }
}

/** Frees what an unfinished forward pass saved for its backward pass, which tfjs itself forgets. */
function dropTape(): void {
  const { state } = tf.engine();
  for (const { saved } of state.activeTape ?? []) tf.dispose(saved ?? []);
  state.activeTape = [];
}
