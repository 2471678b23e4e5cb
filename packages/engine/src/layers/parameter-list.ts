import {
  decays,
  type Parameter,
  type ParameterSink,
  type ParameterSpec,
} from './parameter-store.ts';

/** Records what parameters a network has; nothing is allocated and nothing can be computed. */
export class ParameterList implements ParameterSink {
  readonly specs: ParameterSpec[] = [];

  add(spec: ParameterSpec): Parameter {
    this.specs.push(spec);
    return {
      ...spec,
      decay: decays(spec),
      get value(): never {
        throw new Error(`${spec.name} has no values: the network was only described.`);
      },
    };
  }
}
