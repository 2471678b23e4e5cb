import { createRandom } from '@blockwise/dna';
import type { Parameter, ParameterSink, ParameterSpec } from './parameter-store.ts';

/** Creates parameters with seeded initial values; the values depend on seed and name alone. */
export class Initialiser {
  readonly #sink: ParameterSink;
  readonly #seed: number | string;

  constructor(sink: ParameterSink, seed: number | string) {
    this.#sink = sink;
    this.#seed = seed;
  }

  /**
   * A convolution kernel [height, width, in, out], normal with variance 2 / fan-out (He et al. 2015;
   * timm's EfficientNet and ResNet use the fan-out).
   */
  kernel(name: string, shape: readonly [number, number, number, number]): Parameter {
    const [height, width, , outputs] = shape;
    return this.#normal(
      { name, kind: 'weight', layout: 'kernel', shape },
      height * width * outputs,
    );
  }

  /** A depth-wise kernel [k, k, channels, 1]; the fan-out is that of one channel. */
  depthwise(name: string, kernel: number, channels: number): Parameter {
    const shape = [kernel, kernel, channels, 1];
    return this.#normal({ name, kind: 'weight', layout: 'depthwise', shape }, kernel * kernel);
  }

  /** A classifier matrix [in, out], uniform within 1 / sqrt(out), as timm's EfficientNet. */
  matrix(name: string, inputs: number, outputs: number): Parameter {
    const bound = 1 / Math.sqrt(outputs);
    const random = createRandom(this.#seed, name);
    const spec = { name, kind: 'weight', layout: 'matrix', shape: [inputs, outputs] } as const;
    return this.#add(spec, () => (2 * random.next() - 1) * bound);
  }

  vector(name: string, length: number, value: number): Parameter {
    return this.#add({ name, kind: 'weight', layout: 'vector', shape: [length] }, () => value);
  }

  statistic(name: string, length: number, value: number): Parameter {
    return this.#add({ name, kind: 'statistic', layout: 'vector', shape: [length] }, () => value);
  }

  #normal(spec: ParameterSpec, fanOut: number): Parameter {
    const deviation = Math.sqrt(2 / fanOut);
    const random = createRandom(this.#seed, spec.name);
    return this.#add(spec, () => random.normal() * deviation);
  }

  #add(spec: ParameterSpec, draw: () => number): Parameter {
    const length = spec.shape.reduce((product, extent) => product * extent, 1);
    return this.#sink.add(spec, () => Float32Array.from({ length }, draw));
  }
}
