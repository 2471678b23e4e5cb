import { readFileSync } from 'node:fs';
import { errorCodes, searchSpec } from '@blockwise/contracts';
import {
  coerceInputValue,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { specInput } from '../testing/test-search.ts';
import { printSdl, schema } from './schema.ts';

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

describe('schema', () => {
  it('is committed as it is printed (npm script schema:print)', () => {
    const committed = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
    expect(printSdl()).toBe(committed);
  });

  it('describes every type, field, argument and value', () => {
    const bare: string[] = [];
    const check = (name: string, described: { description?: string | null | undefined }) => {
      if (!described.description) bare.push(name);
    };
    for (const type of types) {
      check(type.name, type);
      if (isEnumType(type)) {
        for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
      } else if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields()))
          check(`${type.name}.${field.name}`, field);
      } else if (isObjectType(type) || isInterfaceType(type)) {
        for (const field of Object.values(type.getFields())) {
          check(`${type.name}.${field.name}`, field);
          for (const arg of field.args) check(`${type.name}.${field.name}(${arg.name})`, arg);
        }
      }
    }
    expect(bare).toEqual([]);
  });

  it('has the closed list of error codes', () => {
    const type = schema.getType('ErrorCode');
    const values = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
    expect(values.sort()).toEqual(Object.keys(errorCodes).sort());
  });

  it('shows the defaults that the specification has', () => {
    const type = schema.getType('SearchSpecInput');
    if (!isInputObjectType(type)) throw new Error('SearchSpecInput is missing');
    const shown = coerceInputValue(
      { ...specInput, distil: {}, rating: {}, constraints: {} },
      type,
    ) as Record<string, Record<string, unknown>>;
    const { kind: _d, ...dataset } = { ...minimal.dataset };
    const { kind: _t, ...teacher } = { ...minimal.teacher };
    expect({
      ...shown,
      dataset: shown.dataset?.procedural,
      teacher: shown.teacher?.train,
      distil: { ...shown.distil, learningRate: 0.005 },
    }).toEqual({ ...minimal, dataset, teacher });
    expect(shown.distil?.learningRate).toEqual([minimal.distil.learningRate]);
  });
});

/** The specification of these tests as contracts fill it in. */
const minimal = searchSpec.parse({
  ...specInput,
  dataset: { kind: 'procedural', ...specInput.dataset.procedural },
  teacher: { kind: 'train', ...specInput.teacher.train },
});
