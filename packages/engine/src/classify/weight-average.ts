import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import type { NetworkModel } from '../network.ts';

const prefix = 'ema/';

/**
 * The running mean of a network's weights and running statistics (timm's `ModelEmaV2`): after every
 * step, mean ← decay · mean + (1 − decay) · value. It starts at the network's first values.
 */
export class WeightAverage {
  /** A network of the same description, whose parameters are the means. */
  readonly model: NetworkModel;
  readonly #source: NetworkModel;
  readonly #decay: number;

  constructor(source: NetworkModel, model: NetworkModel, decay: number) {
    this.#source = source;
    this.model = model;
    this.#decay = decay;
    this.#blend(0);
  }

  update(): void {
    this.#blend(this.#decay);
  }

  /** The means, named `ema/NAME`. */
  async read(): Promise<Map<string, NamedArray>> {
    const arrays = await this.model.store.read();
    return new Map([...arrays].map(([name, array]) => [`${prefix}${name}`, array]));
  }

  write(arrays: NamedArrays): void {
    const own = [...arrays].filter(([name]) => name.startsWith(prefix));
    this.model.store.write(new Map(own.map(([name, array]) => [name.slice(prefix.length), array])));
  }

  dispose(): void {
    this.model.dispose();
  }

  #blend(keep: number): void {
    tf.tidy(() => {
      for (const { name, value } of this.#source.store.all()) {
        const mean = this.model.store.get(name).value;
        // Also for keep = 0 a new array: kernels change a network's own one in place.
        mean.assign(tf.add(tf.mul(mean, keep), tf.mul(value, 1 - keep)));
      }
    });
  }
}
