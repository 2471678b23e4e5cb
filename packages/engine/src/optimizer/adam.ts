import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import type { Parameter } from '../layers/parameter-store.ts';
import { adamStep } from '../ops/adam-step.ts';

interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** L2 penalty on the parameters that decay (not biases, not normalisation); 0 unless told. */
  readonly weightDecay?: number;
  /** Of the same parameters, beside the gradient (AdamW, Loshchilov and Hutter 2019); 0 unless told. */
  readonly decoupledDecay?: number;
}

const defaults: Required<AdamOptions> = {
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  decoupledDecay: 0,
};

interface State {
  readonly m: tf.Variable;
  readonly v: tf.Variable;
  steps: number;
}

/**
 * Adam whose moments and step count belong to each parameter by name. A parameter that took no
 * part in a step is not touched: with path sampling, an optimiser over the whole supernet would
 * pull the ops that were not sampled towards zero.
 */
export class Adam {
  readonly #options: Required<AdamOptions>;
  readonly #states = new Map<string, State>();

  constructor(options: AdamOptions = {}) {
    this.#options = { ...defaults, ...options };
  }

  /** Moves one parameter against its gradient, of its shape, in place. */
  apply(parameter: Parameter, gradient: tf.Tensor, learningRate: number): void {
    const state = this.#state(parameter.name, parameter.value.shape);
    state.steps += 1;
    const inputs = { param: parameter.value, grad: gradient, m: state.m, v: state.v };
    const decay = parameter.decay ? {} : { weightDecay: 0, decoupledDecay: 0 };
    adamStep(inputs, { ...this.#options, ...decay, learningRate, step: state.steps });
  }

  /** Moments and step counts: `adam.m/NAME`, `adam.v/NAME`, `adam.steps/NAME`. */
  async read(): Promise<Map<string, NamedArray>> {
    const arrays = new Map<string, NamedArray>();
    for (const [name, { m, v, steps }] of this.#states) {
      const shape = [...m.shape];
      arrays.set(`adam.m/${name}`, { shape, data: (await m.data()) as Float32Array });
      arrays.set(`adam.v/${name}`, { shape, data: (await v.data()) as Float32Array });
      arrays.set(`adam.steps/${name}`, { shape: [1], data: Float32Array.of(steps) });
    }
    return arrays;
  }

  /** Replaces all state by what {@link read} gave. */
  write(arrays: NamedArrays): void {
    this.dispose();
    for (const [key, array] of arrays) {
      if (!key.startsWith('adam.m/')) continue;
      const name = key.slice('adam.m/'.length);
      const second = arrays.get(`adam.v/${name}`);
      const steps = arrays.get(`adam.steps/${name}`)?.data[0];
      if (second === undefined || steps === undefined) {
        throw new Error(`The Adam state of ${name} is incomplete.`);
      }
      this.#states.set(name, { m: variable(array), v: variable(second), steps });
    }
  }

  dispose(): void {
    for (const { m, v } of this.#states.values()) tf.dispose([m, v]);
    this.#states.clear();
  }

  #state(name: string, shape: number[]): State {
    const known = this.#states.get(name);
    if (known !== undefined) return known;
    const size = tf.util.sizeFromShape(shape);
    // Two arrays: tfjs's plain JavaScript back end keeps the array that it is given.
    const m = variable({ shape, data: new Float32Array(size) });
    const v = variable({ shape, data: new Float32Array(size) });
    const state = { m, v, steps: 0 };
    this.#states.set(name, state);
    return state;
  }
}

function variable({ shape, data }: NamedArray): tf.Variable {
  const initial = tf.tensor(data, [...shape], 'float32');
  const result = tf.variable(initial, false);
  initial.dispose();
  return result;
}
