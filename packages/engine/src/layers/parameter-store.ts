import { DomainError } from '@blockwise/contracts';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';

/** What a network's parameter is, without its values. */
export interface ParameterSpec {
  /** Named as timm names it, for example `blocks.1.0.conv_pw.weight`. */
  readonly name: string;
  /** Weights are trained; statistics (running mean and variance) are observed. */
  readonly kind: 'weight' | 'statistic';
  /** `kernel`: [height, width, in, out]; `depthwise`: [k, k, channels, 1]; `matrix`: [in, out]. */
  readonly layout: 'kernel' | 'depthwise' | 'matrix' | 'vector';
  readonly shape: readonly number[];
}

/** A trained weight or a running statistic of a network. */
export interface Parameter extends ParameterSpec {
  readonly value: tf.Variable;
  /** Whether weight decay applies: not to biases and normalisation (as in DNA's released code). */
  readonly decay: boolean;
}

/** Where the layers of a network put their parameters when they are built. */
export interface ParameterSink {
  /** `initial` gives the values, row-major, where nothing else does. */
  add(spec: ParameterSpec, initial: () => Float32Array): Parameter;
}

/** All parameters of one network by name, in the order of creation. */
export class ParameterStore implements ParameterSink {
  readonly #parameters = new Map<string, Parameter>();
  readonly #given: NamedArrays | undefined;

  /**
   * With `given`, parameters start with these values instead of initial ones.
   *
   * @throws DomainError BAD_INPUT on `add` where one is missing or misshapen
   */
  constructor(given?: NamedArrays) {
    this.#given = given;
  }

  add(spec: ParameterSpec, initial: () => Float32Array): Parameter {
    const { name, kind, shape } = spec;
    if (this.#parameters.has(name)) throw new Error(`There are two parameters named ${name}.`);
    const data = this.#given === undefined ? initial() : dataOf(this.#given, spec);
    const start = tf.tensor(data, [...shape], 'float32');
    const value = tf.variable(start, kind === 'weight');
    start.dispose();
    const parameter = { ...spec, value, decay: decays(spec) };
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

  /** Copies parameters out of the back end: all, or those that are wanted. */
  async read(
    wanted: (parameter: Parameter) => boolean = () => true,
  ): Promise<Map<string, NamedArray>> {
    const arrays = new Map<string, NamedArray>();
    for (const { name, value } of this.all().filter(wanted)) {
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
    checkFilled(this.all(), arrays);
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

/** @throws DomainError BAD_INPUT that lists what `arrays` lack or have in another shape. */
export function checkFilled(specs: readonly ParameterSpec[], arrays: NamedArrays): void {
  const faults = specs.flatMap(({ name, shape }) => {
    const array = arrays.get(name);
    if (array === undefined) return [`${name} is missing`];
    if (array.shape.join() === shape.join()) return [];
    return [`${name} has shape [${array.shape}] where [${shape}] is needed`];
  });
  if (faults.length === 0) return;
  throw new DomainError('BAD_INPUT', `These weights do not fit: ${faults.join('; ')}.`);
}

export function decays({ kind, layout }: ParameterSpec): boolean {
  return kind === 'weight' && layout !== 'vector';
}

function dataOf(arrays: NamedArrays, spec: ParameterSpec): Float32Array {
  checkFilled([spec], arrays);
  return arrays.get(spec.name)?.data ?? new Float32Array();
}

/** Sets a variable to the values of an array of its shape. */
function assignArray(variable: tf.Variable, array: NamedArray): void {
  const tensor = tf.tensor(array.data, [...array.shape], 'float32');
  variable.assign(tensor);
  tensor.dispose();
}
