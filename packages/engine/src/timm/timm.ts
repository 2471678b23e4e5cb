import { DomainError } from '@blockwise/contracts';
import type { Network } from '@blockwise/dna';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import { readSafetensors, writeSafetensors } from '../artifacts/safetensors.ts';
import type { SafetensorsMetadata } from '../artifacts/safetensors-header.ts';
import { namesOf } from '../layers/names.ts';
import type { ParameterSpec } from '../layers/parameter-store.ts';
import { initialArrays, networkParameters } from '../network.ts';
import { fromTheirs, toTheirs } from './layouts.ts';
import { checkArrays } from './mismatch.ts';

export interface TimmOptions {
  /**
   * A classifier of another number of classes is replaced by a new one, drawn with this seed.
   * Without it the file's must have the network's classes.
   */
  readonly classifierSeed?: number | string;
}

/**
 * The weights and running statistics of a network from a safetensors file with timm's parameter
 * names and PyTorch's layouts (float32, float16 or bfloat16), in our layouts. Counters of batches
 * are ignored.
 *
 * @throws DomainError WEIGHTS_MISMATCH for a file that is damaged, incomplete or another network's;
 *   the names that do not fit are listed
 */
export function readTimm(
  bytes: Uint8Array,
  network: Network,
  classes: number,
  { classifierSeed }: TimmOptions = {},
): NamedArrays {
  const file = readArrays(bytes);
  const specs = networkParameters(network, classes);
  const isNew = classifierSeed !== undefined && hasOtherClasses(file, network, classes);
  const classifier = isNew ? classifierNames(network) : [];
  const isReplaced = ({ name }: Pick<ParameterSpec, 'name'>) => classifier.includes(name);
  checkArrays(
    specs.filter((spec) => !isReplaced(spec)),
    new Map([...file].filter(([name]) => !isReplaced({ name }))),
  );
  const drawn = initialArrays({ network, classes, seed: classifierSeed ?? 0 }, isReplaced);
  return new Map(
    specs.map((spec): [string, NamedArray] => {
      const array = file.get(spec.name) as NamedArray;
      return [spec.name, drawn.get(spec.name) ?? fromTheirs(spec, array)];
    }),
  );
}

/** A network's weights as {@link readTimm} reads them, with more to say about them in `metadata`. */
export function writeTimm(
  arrays: NamedArrays,
  network: Network,
  classes: number,
  metadata: SafetensorsMetadata = {},
): Uint8Array {
  const theirs = networkParameters(network, classes).map((spec): [string, NamedArray] => {
    const array = arrays.get(spec.name);
    if (array === undefined) throw new Error(`The weights lack ${spec.name}.`);
    return [spec.name, toTheirs(spec, array)];
  });
  return writeSafetensors(new Map(theirs), { format: 'pt', ...metadata });
}

function readArrays(bytes: Uint8Array): NamedArrays {
  try {
    return readSafetensors(bytes, (name) => name.endsWith('.num_batches_tracked')).arrays;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError('WEIGHTS_MISMATCH', error.message, { cause: error });
  }
}

function hasOtherClasses(file: NamedArrays, network: Network, classes: number): boolean {
  const shapes = classifierNames(network).map((name) => file.get(name)?.shape);
  return shapes.every((shape) => shape !== undefined && shape[0] !== classes);
}

function classifierNames(network: Network): string[] {
  const { classifier } = namesOf(network).head;
  return [`${classifier}.weight`, `${classifier}.bias`];
}
