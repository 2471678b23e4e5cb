import { readFileSync } from 'node:fs';
import { errorCodes } from '@blockwise/contracts';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
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
});
