import type * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import type { Parameter } from '../layers/parameter-store.ts';
import { rmspropTfStep } from '../ops/rmsprop-tf-step.ts';
import type { Optimizer } from './optimizer.ts';
import { ParameterSlots } from './parameter-slots.ts';

interface RmspropTfOptions {
  readonly momentum: number;
  readonly epsilon: number;
  /** L2 penalty on the parameters that decay. */
  readonly weightDecay: number;
}

/** Share of the mean square that a step keeps; timm's default. */
const alpha = 0.9;

/**
 * RMSprop as TensorFlow computes it, which EfficientNets are trained with (timm's `RMSpropTF`):
 * epsilon is inside the square root, the mean square starts at one, and the learning rate is a
 * factor of what enters the momentum, not of what leaves it.
 */
export class RmspropTf implements Optimizer {
  readonly #options: RmspropTfOptions;
  readonly #slots = new ParameterSlots('rmsprop', { square: 1, momentum: 0 });

  constructor(options: RmspropTfOptions) {
    this.#options = options;
  }

  apply(parameter: Parameter, gradient: tf.Tensor, learningRate: number): void {
    this.#slots.count(parameter);
    const inputs = {
      param: parameter.value,
      grad: gradient,
      square: this.#slots.variable(parameter, 'square'),
      velocity: this.#slots.variable(parameter, 'momentum'),
    };
    const decay = parameter.decay ? {} : { weightDecay: 0 };
    rmspropTfStep(inputs, { ...this.#options, ...decay, alpha, learningRate });
  }

  /** `rmsprop.square/NAME`, `rmsprop.momentum/NAME`, `rmsprop.steps/NAME`. */
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
