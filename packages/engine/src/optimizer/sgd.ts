import type * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import type { Parameter } from '../layers/parameter-store.ts';
import { sgdStep } from '../ops/sgd-step.ts';
import type { Optimizer } from './optimizer.ts';
import { ParameterSlots } from './parameter-slots.ts';

interface SgdOptions {
  readonly momentum: number;
  /** L2 penalty on the parameters that decay. */
  readonly weightDecay: number;
}

/** Stochastic gradient descent with momentum as PyTorch computes it, not Nesterov's. */
export class Sgd implements Optimizer {
  readonly #options: SgdOptions;
  readonly #slots = new ParameterSlots('sgd', { momentum: 0 });

  constructor(options: SgdOptions) {
    this.#options = options;
  }

  apply(parameter: Parameter, gradient: tf.Tensor, learningRate: number): void {
    this.#slots.count(parameter);
    const inputs = {
      param: parameter.value,
      grad: gradient,
      velocity: this.#slots.variable(parameter, 'momentum'),
    };
    const decay = parameter.decay ? {} : { weightDecay: 0 };
    sgdStep(inputs, { ...this.#options, ...decay, learningRate });
  }

  /** `sgd.momentum/NAME`, `sgd.steps/NAME`. */
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
