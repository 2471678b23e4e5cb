import { DomainError } from '@blockwise/contracts';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';

/** A trained weight or a running statistic of a network. */
export interface Parameter {
  /** Named as timm names it, for example `blocks.1.0.conv_pw.weight`. */
  readonly name: string;
  readonly value: tf.Variable;
  /** Weights are trained; statistics (running mean and variance) are observed. */
  readonly kind: 'weight' | 'statistic';
  /** Whether weight decay applies: not to biases and normalisation (as in DNA's released code). */
  readonly decay: boolean;
}

/**
 * All parameters of one network by name, in the order of creation. Layouts: dense kernels HWIO,
 * depth-wise kernels [k, k, channels, 1], the classifier [in, out].
 */
export class ParameterStore {
  readonly #parameters = new Map<string, Parameter>();

  add(
    name: string,
    kind: Parameter['kind'],
    shape: readonly number[],
    data: Float32Array,
  ): Parameter {
    if (this.#parameters.has(name)) throw new Error(`There are two parameters named ${name}.`);
    const initial = tf.tensor(data, [...shape], 'float32');
    const value = tf.variable(initial, kind === 'weight');
    initial.dispose();
    const parameter = { name, value, kind, decay: kind === 'weight' && shape.length > 1 };
    this.#parameters.set(name, parameter);
    return parameter;
  }

  get(name: string): Parameter {
    const parameter = this.#parameters.get(name);
    if (parameter === undefined) throw new Error(`There is no parameter named ${name}.`);
    return parameter;
  }

  all(): Parameter[] {
    return [...this.#parameters.values()];
  }

  weights(): Parameter[] {
    return this.all().filter((parameter) => parameter.kind === 'weight');
  }

  /** Copies every parameter out of the back end. */
  async read(): Promise<Map<string, NamedArray>> {
    const arrays = new Map<string, NamedArray>();
    for (const { name, value } of this.all()) {
      arrays.set(name, { shape: [...value.shape], data: (await value.data()) as Float32Array });
    }
    return arrays;
  }

  /**
   * Sets every parameter from `arrays`; names that belong to no parameter are left alone.
   *
   * @throws DomainError BAD_INPUT that lists missing and misshapen names; nothing is set then.
   */
  write(arrays: NamedArrays): void {
    const faults: string[] = [];
    for (const { name, value } of this.all()) {
      const array = arrays.get(name);
      if (array === undefined) faults.push(`${name} is missing`);
      else if (array.shape.join() !== value.shape.join()) {
        faults.push(`${name} has shape [${array.shape}] where [${value.shape}] is needed`);
      }
    }
    if (faults.length > 0) {
      throw new DomainError('BAD_INPUT', `These weights do not fit: ${faults.join('; ')}.`);
    }
    for (const { name, value } of this.all()) {
      const array = arrays.get(name);
      if (array !== undefined) assignArray(value, array);
    }
  }

  dispose(): void {
    for (const { value } of this.all()) value.dispose();
    this.#parameters.clear();
  }
}

/** Sets a variable to the values of an array of its shape. */
function assignArray(variable: tf.Variable, array: NamedArray): void {
  const tensor = tf.tensor(array.data, [...array.shape], 'float32');
  variable.assign(tensor);
  tensor.dispose();
}
