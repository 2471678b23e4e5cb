import { networkTraining, toInputForm } from '@blockwise/contracts';
import type { NetworkTrainingInput } from '../generated/graphql.ts';
import { type Flag, type Flags, flag } from './flag.ts';
import { putAt } from './put-at.ts';

interface Property {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Property[];
  readonly properties?: Readonly<Record<string, Property>>;
}

/** Where a flag's value goes: fields of an object in a field are `--global-distil-epochs`. */
interface Place {
  readonly path: readonly string[];
  readonly flag: Flag;
}

const places = placesOf(networkTraining.toJSONSchema({ io: 'input' }) as Property, []);

/** A flag for every field of the training of a network, named as the field: `--learning-rate`. */
export const trainingFlags: Flags = Object.fromEntries(
  places.map(({ path, flag: given }) => [flagName(path), given]),
);

/** The training that was asked for; only the fields that were given. */
export function trainingOf(values: Readonly<Record<string, unknown>>): NetworkTrainingInput {
  const training: Record<string, unknown> = {};
  for (const { path } of places) {
    const value = values[flagName(path)];
    if (value !== undefined) putAt(training, path, value);
  }
  // The SDL's input types are generated from the same schema.
  return toInputForm(networkTraining, training) as NetworkTrainingInput;
}

function placesOf({ properties = {} }: Property, path: readonly string[]): Place[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const below = [...path, name];
    const schema = property.anyOf?.find(({ type }) => type !== 'null') ?? property;
    return schema.type === 'object'
      ? placesOf(schema, below)
      : [{ path: below, flag: flagOf(schema, below) }];
  });
}

function flagOf(schema: Property, path: readonly string[]): Flag {
  const told = `training: ${path.join('.')}`;
  if (schema.enum !== undefined) return flag.choice(schema.enum, told);
  return schema.type === 'integer' ? flag.whole('N', told) : flag.number('X', told);
}

function flagName(path: readonly string[]): string {
  return path
    .join('-')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}
