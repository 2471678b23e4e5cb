import { z } from 'zod';
import { enumName } from './enum-name.ts';

/**
 * A value of a schema as the API's input. GraphQL has no tagged unions: the `kind` of an alternative
 * becomes the key under which its fields stand. Words of enumerations become GraphQL names; where
 * one value or a list may stand, one value becomes a list of it. What is left out stays left out, so
 * that the server fills in its defaults.
 */
export function toInputForm(schema: unknown, value: unknown): unknown {
  const shape = bare(schema);
  if (value === null || value === undefined) return value;
  if (shape instanceof z.ZodDiscriminatedUnion) {
    const { kind, ...fields } = fieldsOf(value);
    const option = shape.options.find(
      (each) => each instanceof z.ZodObject && holds(each.shape.kind, kind),
    );
    return { [String(kind)]: toInputForm(option, fields) };
  }
  if (shape instanceof z.ZodUnion) return Array.isArray(value) ? value : [value];
  if (shape instanceof z.ZodEnum) return enumName(String(value)) ?? value;
  if (!(shape instanceof z.ZodObject)) return value;
  const fields: Record<string, unknown> = shape.shape;
  return Object.fromEntries(
    Object.entries(fieldsOf(value))
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, toInputForm(fields[name], field)]),
  );
}

/** The schema below its defaults, and without "or null". */
function bare(schema: unknown): unknown {
  return schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional
    ? bare(schema.unwrap())
    : schema;
}

function holds(literal: unknown, word: unknown): boolean {
  return literal instanceof z.ZodLiteral && literal.value === word;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' ? { ...value } : {};
}
