import { readFileSync } from 'node:fs';
import {
  type GraphQLInputType,
  getOperationAST,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  parse,
  typeFromAST,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { readPersistedDocuments } from '../documents/persisted-documents.ts';
import { maxPageSize, maxTokens } from '../limits.ts';
import { schema } from '../schema/schema.ts';
import { OperationGate } from './operation-gate.ts';
import { usualLimits } from './operation-limits.ts';

/* What the dashboard and the command line ask for passes, and could grow. */
const generated = new URL('../../../../packages/client/src/generated/', import.meta.url);
const documents = readPersistedDocuments(new URL('persisted-documents.json', generated).pathname);
const gate = new OperationGate(schema, { ...usualLimits, documentsOnly: true }, documents);
const browser = { key: 'user:1', isSignedIn: true, hasToken: false };
const named = [...documents.values()].map((text) => [nameOf(text), text] as const);

describe('every operation of the client', () => {
  it('is in its manifest', () => {
    const typed = readFileSync(new URL('graphql.ts', generated), 'utf8');
    const exported = [...typed.matchAll(/^export const (\w+)Document =/gm)].map(([, name]) => name);
    expect(named.map(([name]) => name).sort()).toEqual(exported.sort());
  });

  it.each(named)(
    '%s costs less than half of what is allowed, in half the words',
    async (_name, source) => {
      const document = parse(source);
      expect(document.tokenCount).toBeLessThan(maxTokens / 2);
      const variables = variablesOf(source);
      const { errors, cost } = await gate.admit(
        { source, document, variables, operationName: undefined },
        browser,
      );
      expect(errors.map(({ message }) => message)).toEqual([]);
      expect(cost?.requested).toBeLessThan(usualLimits.operationCost / 2);
    },
  );
});

function nameOf(text: string): string {
  return getOperationAST(parse(text))?.name?.value ?? '';
}

/** Much of everything: the largest pages, a hundred items of every list. */
function variablesOf(text: string): Record<string, unknown> {
  const definitions = getOperationAST(parse(text))?.variableDefinitions ?? [];
  return Object.fromEntries(
    definitions.map(({ variable, type }) => [
      variable.name.value,
      sampleOf(typeFromAST(schema, type) as GraphQLInputType, variable.name.value),
    ]),
  );
}

function sampleOf(type: GraphQLInputType, name: string): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, name);
  if (isListType(type)) return Array(name === 'keys' ? 10 : 100).fill(sampleOf(type.ofType, name));
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter(isRequiredInputField);
    const filled = type.isOneOf ? Object.values(type.getFields()).slice(0, 1) : needed;
    return Object.fromEntries(
      filled.map((field) => [field.name, sampleOf(field.type, field.name)]),
    );
  }
  switch (type.name) {
    case 'Int':
      return name === 'maxPoints' ? 2000 : maxPageSize;
    case 'DateTime':
      return '2026-01-31T12:00:00Z';
    case 'Float':
    case 'BigInt':
      return 1;
    case 'Boolean':
      return true;
    default:
      return 'x';
  }
}
