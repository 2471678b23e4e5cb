import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import type { Parameter } from '../layers/parameter-store.ts';

interface SlotState {
  readonly variables: ReadonlyMap<string, tf.Variable>;
  steps: number;
}

/** What an optimiser remembers of every parameter that it has moved: variables of its shape. */
export class ParameterSlots {
  readonly #prefix: string;
  readonly #initial: Readonly<Record<string, number>>;
  readonly #states = new Map<string, SlotState>();

  /** @param initial value of each slot before a parameter's first step */
  constructor(prefix: string, initial: Readonly<Record<string, number>>) {
    this.#prefix = prefix;
    this.#initial = initial;
  }

  /** Counts a step of the parameter: its own number of steps so far, this one included. */
  count(parameter: Parameter): number {
    const state = this.#state(parameter);
    state.steps += 1;
    return state.steps;
  }

  variable(parameter: Parameter, slot: string): tf.Variable {
    const found = this.#state(parameter).variables.get(slot);
    if (found === undefined) throw new Error(`There is no slot ${slot}.`);
    return found;
  }

  /** `PREFIX.SLOT/NAME` for every slot, and `PREFIX.steps/NAME`. */
  async read(): Promise<Map<string, NamedArray>> {
    const arrays = new Map<string, NamedArray>();
    for (const [name, { variables, steps }] of this.#states) {
      for (const [slot, value] of variables) {
        const data = (await value.data()) as Float32Array;
        arrays.set(`${this.#prefix}.${slot}/${name}`, { shape: [...value.shape], data });
      }
      const data = Float32Array.of(steps);
      arrays.set(`${this.#prefix}.steps/${name}`, { shape: [1], data });
    }
    return arrays;
  }

  /** Replaces all state by what {@link read} gave. */
  write(arrays: NamedArrays): void {
    this.dispose();
    const counts = `${this.#prefix}.steps/`;
    for (const [key, { data }] of arrays) {
      if (!key.startsWith(counts)) continue;
      const name = key.slice(counts.length);
      const stored = Object.keys(this.#initial).map((slot): [string, NamedArray] => {
        const array = arrays.get(`${this.#prefix}.${slot}/${name}`);
        if (array === undefined) throw new Error(`The optimiser's ${slot} of ${name} is missing.`);
        const weights = arrays.get(name);
        if (weights !== undefined && weights.shape.join() !== array.shape.join()) {
          throw new Error(`The optimiser's ${slot} of ${name} has another shape than the weights.`);
        }
        return [slot, array];
      });
      const variables = stored.map(([slot, array]): [string, tf.Variable] => [
        slot,
        variable(array),
      ]);
      this.#states.set(name, { variables: new Map(variables), steps: data[0] ?? 0 });
    }
  }

  dispose(): void {
    for (const { variables } of this.#states.values()) tf.dispose([...variables.values()]);
    this.#states.clear();
  }

  #state({ name, value: { shape } }: Parameter): SlotState {
    const known = this.#states.get(name);
    if (known !== undefined) return known;
    const size = tf.util.sizeFromShape(shape);
    // An array each: tfjs's plain JavaScript back end keeps the array that it is given.
    const variables = Object.entries(this.#initial).map(
      ([slot, initial]): [string, tf.Variable] => [
        slot,
        variable({ shape, data: new Float32Array(size).fill(initial) }),
      ],
    );
    const state = { variables: new Map(variables), steps: 0 };
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
