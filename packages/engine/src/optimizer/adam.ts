import type * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import type { Parameter } from '../layers/parameter-store.ts';
import { adamStep } from '../ops/adam-step.ts';
import type { Optimizer } from './optimizer.ts';
import { ParameterSlots } from './parameter-slots.ts';

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

/**
 * Adam (Kingma and Ba 2015) and AdamW. The moments and the step count that corrects their bias are
 * each parameter's own.
 */
export class Adam implements Optimizer {
  readonly #options: Required<AdamOptions>;
  readonly #slots = new ParameterSlots('adam', { m: 0, v: 0 });

  constructor(options: AdamOptions = {}) {
    this.#options = { ...defaults, ...options };
  }

  apply(parameter: Parameter, gradient: tf.Tensor, learningRate: number): void {
    const step = this.#slots.count(parameter);
    const inputs = {
      param: parameter.value,
      grad: gradient,
      m: this.#slots.variable(parameter, 'm'),
      v: this.#slots.variable(parameter, 'v'),
    };
    const decay = parameter.decay ? {} : { weightDecay: 0, decoupledDecay: 0 };
    adamStep(inputs, { ...this.#options, ...decay, learningRate, step });
  }

  /** Moments and step counts: `adam.m/NAME`, `adam.v/NAME`, `adam.steps/NAME`. */
  async read(): Promise<Map<string, NamedArray>> {
    return await this.#slots.read();
  }

  write(arrays: NamedArrays): void {
    this.#slots.write(arrays);
  }

  dispose(): void {
    this.#slots.dispose();
  }
}
