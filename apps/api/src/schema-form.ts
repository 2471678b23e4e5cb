import type { ErrorCode, ErrorPath } from '@blockwise/contracts';
import { z } from 'zod';
import { InputIssuesError } from './input-issues.ts';
import { inputIssues } from './zod-issues.ts';

/**
 * The value of a schema of contracts that a GraphQL input means. GraphQL has no tagged unions: the
 * key under which an alternative stands becomes its `kind`. Where one value or a list may stand, a
 * list of one is the value. Clients may send null for a field that they leave to its default.
 *
 * @param options code of the refusal, and where the input stands among the arguments
 * @throws InputIssuesError with every fault and its path in the input
 */
export function readInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  { code, path }: { code: ErrorCode; path: ErrorPath },
): z.output<Schema> {
  const parsed = schema.safeParse(fromInput(schema, input));
  if (parsed.success) return parsed.data;
  throw new InputIssuesError(
    code,
    inputIssues(parsed.error, (place) => [...path, ...inputPath(schema, input, place)]),
  );
}

function fromInput(schema: unknown, input: unknown): unknown {
  const shape = bare(schema);
  if (shape instanceof z.ZodDiscriminatedUnion) {
    const { key, value, option } = alternative(shape, input);
    return { ...asFields(fromInput(option, value)), kind: key };
  }
  if (shape instanceof z.ZodUnion && Array.isArray(input) && input.length === 1) return input[0];
  if (!(shape instanceof z.ZodObject)) return input;
  const fields: Record<string, unknown> = shape.shape;
  return Object.fromEntries(
    Object.entries(asFields(input))
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, fromInput(fields[name], value)]),
  );
}

/** Where in the input a field of the value stands. */
function inputPath(schema: unknown, input: unknown, path: ErrorPath): ErrorPath {
  const shape = bare(schema);
  if (shape instanceof z.ZodDiscriminatedUnion) {
    const { key, value, option } = alternative(shape, input);
    return [key, ...inputPath(option, value, path)];
  }
  const [name, ...rest] = path;
  if (!(shape instanceof z.ZodObject) || name === undefined) return path;
  return [name, ...inputPath(shape.shape[name], asFields(input)[name], rest)];
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

/** The one field of a `@oneOf` input that is there; GraphQL has checked that there is one. */
function alternative(union: z.ZodDiscriminatedUnion, input: unknown) {
  const [field] = Object.entries(asFields(input)).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  if (field === undefined) throw new Error('a oneOf input without a field');
  const [key, value] = field;
  const option = union.options.find(
    (each) => each instanceof z.ZodObject && kindOf(each.shape.kind) === key,
  );
  if (option === undefined) throw new Error(`no alternative is called ${key}`);
  return { key, value, option };
}

function kindOf(literal: unknown): unknown {
  return literal instanceof z.ZodLiteral ? literal.value : undefined;
}

function asFields(input: unknown): Record<string, unknown> {
  return typeof input === 'object' && input !== null ? { ...input } : {};
}
