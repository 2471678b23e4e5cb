import { createRandom } from '@blockwise/dna';
import type { Parameter, ParameterStore } from './parameter-store.ts';

/** Creates parameters with seeded initial values; the values depend on seed and name alone. */
export class Initialiser {
  readonly store: ParameterStore;
  readonly #seed: number | string;

  constructor(store: ParameterStore, seed: number | string) {
    this.store = store;
    this.#seed = seed;
  }

  /**
   * A convolution kernel, normal with variance 2 / fan-out (He et al. 2015; timm's EfficientNet
   * uses the fan-out, per group). Shape HWIO; a depth-wise kernel is [k, k, channels, 1].
   */
  kernel(name: string, shape: readonly [number, number, number, number]): Parameter {
    const [height, width, , outputs] = shape;
    // The fan-out of one group: a depth-wise kernel has one output per channel.
    const deviation = Math.sqrt(2 / (height * width * outputs));
    const random = createRandom(this.#seed, name);
    return this.#weight(name, shape, () => random.normal() * deviation);
  }

  /** A classifier matrix [in, out], uniform within 1 / sqrt(out), as timm's EfficientNet. */
  matrix(name: string, inputs: number, outputs: number): Parameter {
    const bound = 1 / Math.sqrt(outputs);
    const random = createRandom(this.#seed, name);
    return this.#weight(name, [inputs, outputs], () => (2 * random.next() - 1) * bound);
  }

  vector(name: string, length: number, value: number): Parameter {
    return this.#weight(name, [length], () => value);
  }

  statistic(name: string, length: number, value: number): Parameter {
    return this.store.add(name, 'statistic', [length], new Float32Array(length).fill(value));
  }

  #weight(name: string, shape: readonly number[], draw: () => number): Parameter {
    const size = shape.reduce((product, extent) => product * extent, 1);
    return this.store.add(name, 'weight', shape, Float32Array.from({ length: size }, draw));
  }
}
