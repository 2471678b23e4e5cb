import * as tf from '@tensorflow/tfjs-core';
import type { ForwardMode, Moments, TrainMode } from '../layers/forward-mode.ts';
import type { Parameter } from '../layers/parameter-store.ts';
import type { Optimizer } from './optimizer.ts';

/** What a forward pass of training is told beside where its statistics go. */
export type TrainExtras = Omit<TrainMode, 'kind' | 'moments'>;

/** One forward and backward pass. */
interface Pass {
  /** The parameters that take part; each must receive a gradient. */
  readonly parameters: readonly Parameter[];
  readonly extras?: TrainExtras;
  /** The loss, a scalar, from a forward pass in the given mode. */
  readonly loss: (mode: ForwardMode) => tf.Scalar;
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
  const { optimizer, learningRate } = options;
  const loss = differentiate(options, (parameter, gradient) => {
    optimizer.apply(parameter, gradient, learningRate);
  });
  return await numberOf(loss);
}

/**
 * One step from several passes: the gradients of all losses are added up, then every parameter that
 * took part moves once. Memory is that of one pass, and a gradient for each parameter.
 * Returns the loss of each pass, in order.
 */
export async function accumulatedStep(
  options: Update & { readonly passes: readonly Pass[] },
): Promise<number[]> {
  const { passes, optimizer, learningRate } = options;
  const sums = new Map<string, { parameter: Parameter; gradient: tf.Tensor }>();
  const losses: tf.Scalar[] = [];
  try {
    for (const pass of passes) {
      losses.push(
        differentiate(pass, (parameter, gradient) => {
          const earlier = sums.get(parameter.name)?.gradient;
          const sum = tf.keep(
            earlier === undefined ? tf.clone(gradient) : tf.add(earlier, gradient),
          );
          earlier?.dispose();
          sums.set(parameter.name, { parameter, gradient: sum });
        }),
      );
    }
    tf.tidy(() => {
      for (const { parameter, gradient } of sums.values()) {
        optimizer.apply(parameter, gradient, learningRate);
      }
    });
    return await Promise.all(losses.splice(0).map(numberOf));
  } finally {
    tf.dispose(losses);
    tf.dispose([...sums.values()].map(({ gradient }) => gradient));
  }
}

/** Runs a pass, hands out its gradients inside a tidy, and observes its running statistics. */
function differentiate(
  { parameters, extras, loss }: Pass,
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
  }
}

async function numberOf(scalar: tf.Scalar): Promise<number> {
  const [value] = await scalar.data();
  scalar.dispose();
  return value as number;
}
