import { GraphQLError, Kind } from 'graphql';
import { builder } from './builder.ts';

builder.scalarType('DateTime', {
  description: 'A moment, ISO 8601 in UTC with milliseconds: `2026-01-31T12:00:00.000Z`.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const moment = typeof value === 'string' ? new Date(value) : undefined;
    if (moment === undefined || Number.isNaN(moment.getTime())) {
      throw new GraphQLError('A DateTime is an ISO 8601 text such as "2026-01-31T12:00:00Z".');
    }
    return moment;
  },
});

function toBigInt(value: unknown): bigint {
  const whole =
    typeof value === 'bigint' ||
    (typeof value === 'number' && Number.isSafeInteger(value)) ||
    (typeof value === 'string' && /^-?\d{1,100}$/.test(value));
  if (!whole) {
    throw new GraphQLError('A BigInt is a whole number, or its decimal digits as a string.');
  }
  return BigInt(value as bigint | number | string);
}

builder.scalarType('BigInt', {
  description:
    'A whole number that may exceed 32 bits (multiply-accumulates, sizes of search spaces). ' +
    'Answers are decimal strings; inputs may be strings or numbers.',
  serialize: (value) => toBigInt(value).toString(),
  parseValue: toBigInt,
  parseLiteral: (node) => {
    if (node.kind !== Kind.INT && node.kind !== Kind.STRING) {
      throw new GraphQLError('A BigInt is a whole number, or its decimal digits as a string.');
    }
    return toBigInt(node.value);
  },
});

builder.scalarType('JSON', {
  description: "Any JSON value; used only where the shape is the user's own.",
  serialize: (value) => value,
  parseValue: (value) => value,
});
