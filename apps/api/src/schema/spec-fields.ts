import type { SchemaTypes } from '@pothos/core';
import { z } from 'zod';
import { type ApiTypes, builder } from './builder.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<ApiTypes> & SchemaTypes;
type InputFields = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>;
type FieldOptions = Parameters<InputFields['field']>[0];

/** What the schema of a field cannot say: its description, and its type where that has a name. */
export type Told =
  | string
  | {
      readonly description: string;
      readonly type: FieldOptions['type'];
      /** The rest of the request may say it instead. */
      readonly isOptional?: true;
    };

/** What a JSON schema says of one field. */
interface FieldSchema {
  readonly type?: string;
  readonly default?: unknown;
  readonly anyOf?: readonly FieldSchema[];
  readonly items?: FieldSchema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/**
 * Input fields for the fields of a specification's schema. Types, defaults and ranges are the
 * schema's own, so that what GraphQL shows is what is checked.
 */
export function specFields<Shape extends z.ZodRawShape>(
  t: InputFields,
  schema: z.ZodObject<Shape>,
  told: Readonly<Record<keyof Shape & string, Told>>,
) {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.fromEntries(
    Object.entries<Told>(told).map(([name, field]) => {
      const property = properties[name];
      if (typeof property !== 'object') throw new Error(`the schema has no field ${name}`);
      return [
        name,
        inputField(t, property as FieldSchema, field, isNeeded(field) && required.includes(name)),
      ];
    }),
  );
}

function isNeeded(told: Told): boolean {
  return typeof told === 'string' || told.isOptional !== true;
}

function inputField(t: InputFields, schema: FieldSchema, told: Told, required: boolean) {
  const { shape, perBlock } = plain(schema);
  const text = typeof told === 'string' ? told : told.description;
  const range = rangeOf(shape.items ?? shape);
  const description = [
    text,
    ...(perBlock ? ['One value for all blocks, or one for each.'] : []),
    ...(range === null ? [] : [`${range}.`]),
  ].join(' ');
  const listed = perBlock || shape.type === 'array';
  const type = typeof told === 'string' ? scalarOf(shape.items ?? shape) : told.type;
  const start = schema.default ?? undefined;
  return t.field({
    type: listed ? ([type] as FieldOptions['type']) : type,
    required,
    description,
    ...(start === undefined ? {} : { defaultValue: perBlock ? [start] : start }),
  } as FieldOptions);
}

/** The field without "or null" (GraphQL's fields are that anyway), and whether blocks may differ. */
function plain(schema: FieldSchema): { shape: FieldSchema; perBlock: boolean } {
  const choices = (schema.anyOf ?? []).filter(({ type }) => type !== 'null');
  const [one, other] = choices;
  if (one === undefined) return { shape: schema, perBlock: false };
  if (other === undefined) return plain(one);
  return { shape: one, perBlock: other.type === 'array' };
}

function scalarOf({ type }: FieldSchema): 'Int' | 'Float' | 'String' {
  switch (type) {
    case 'integer':
      return 'Int';
    case 'number':
      return 'Float';
    case 'string':
      return 'String';
    default:
      throw new Error(`a field of type ${type} needs a named type`);
  }
}

function rangeOf({ minimum, exclusiveMinimum, maximum, minLength, maxLength }: FieldSchema) {
  if (maxLength !== undefined) return `${minLength ?? 0} to ${count(maxLength)} characters`;
  if (exclusiveMinimum !== undefined) {
    return maximum === undefined
      ? `Above ${count(exclusiveMinimum)}`
      : `Above ${count(exclusiveMinimum)}, up to ${count(maximum)}`;
  }
  if (minimum === undefined) return null;
  return maximum === undefined || maximum >= 2 ** 31 - 1
    ? `${count(minimum)} or more`
    : `${count(minimum)} to ${count(maximum)}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 10 });
}

/** An input type whose fields are those of a specification's schema. */
export function specInputType<Shape extends z.ZodRawShape>(
  name: string,
  description: string,
  schema: z.ZodObject<Shape>,
  told: Readonly<Record<keyof Shape & string, Told>>,
) {
  return builder.inputType(name, { description, fields: (t) => specFields(t, schema, told) });
}
