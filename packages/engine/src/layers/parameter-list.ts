import type { NamedArray } from '../artifacts/named-arrays.ts';
import {
  decays,
  type Parameter,
  type ParameterSink,
  type ParameterSpec,
} from './parameter-store.ts';

/** Records what parameters a network has, without a back end: nothing can be computed. */
export class ParameterList implements ParameterSink {
  readonly specs: ParameterSpec[] = [];
  /** Initial values, of those that were wanted. */
  readonly initial = new Map<string, NamedArray>();
  readonly #wanted: (spec: ParameterSpec) => boolean;

  constructor(wanted: (spec: ParameterSpec) => boolean = () => false) {
    this.#wanted = wanted;
  }

  add(spec: ParameterSpec, initial: () => Float32Array): Parameter {
    this.specs.push(spec);
    if (this.#wanted(spec)) this.initial.set(spec.name, { shape: spec.shape, data: initial() });
    return {
      ...spec,
      decay: decays(spec),
      get value(): never {
        throw new Error(`${spec.name} has no values: the network was only described.`);
      },
    };
  }
}
