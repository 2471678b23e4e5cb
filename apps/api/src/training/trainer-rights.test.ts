import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operationRights } from '../rights/operations.ts';
import type { Right } from '../rights/right.ts';
import { schema } from '../schema/schema.ts';
import { connectTo, startTestApi, type TestApi } from '../testing/test-api.ts';
import { trainerToken } from '../testing/trainer-client.ts';

let api: TestApi;
let token: string;
beforeAll(async () => {
  api = await startTestApi();
  token = await trainerToken(api);
});
afterAll(() => api.close());

interface Operation {
  readonly name: string;
  readonly right: Right;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

const roots = {
  Query: schema.getQueryType(),
  Mutation: schema.getMutationType(),
  Subscription: schema.getSubscriptionType(),
};

/** Every operation of the table of rights, with arguments that pass the schema. */
const operations = Object.entries(operationRights).flatMap(([name, right]): Operation[] => {
  const [root = '', field = ''] = name.split('.');
  const found = roots[root as keyof typeof roots]?.getFields()[field];
  return found === undefined ? [] : [{ name, right, ...call(root, found) }];
});

function call(root: string, field: GraphQLField<unknown, unknown>) {
  const args = field.args.filter(isRequiredArgument);
  const declared = args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selected = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  return {
    query:
      `${root.toLowerCase()} ${declared && `(${declared})`} ` +
      `{ ${field.name}${given && `(${given})`}${selected} }`,
    variables: Object.fromEntries(args.map((arg) => [arg.name, sampleOf(arg.type)])),
  };
}

function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const all = Object.values(type.getFields());
    const needed = type.isOneOf ? all.slice(0, 1) : all.filter(isRequiredInputField);
    return Object.fromEntries(needed.map((field) => [field.name, sampleOf(field.type)]));
  }
  const samples: Record<string, unknown> = {
    ...{ Int: 1, Float: 1, BigInt: '1', Boolean: true, JSON: {} },
    DateTime: '2026-01-01T00:00:00Z',
  };
  return samples[type.name] ?? 'x';
}

const ofTrainers = operations.filter(({ right }) => right.who === 'TRAINER');
const others = operations.filter(({ right }) => right.who !== 'TRAINER');
const answered = others.filter(({ name }) => !name.startsWith('Subscription.'));
const subscribed = others.filter(({ name }) => name.startsWith('Subscription.'));

test('the table has operations of all sorts', () => {
  expect(ofTrainers).toHaveLength(12);
  expect(answered.length).toBeGreaterThan(50);
  expect(subscribed.length).toBeGreaterThan(0);
});

test.each(answered)("a trainer's token may not call $name", async ({ query, variables }) => {
  expect((await api.as(token).fail(query, variables)).extensions.code).toBe('FORBIDDEN');
});

test.each(subscribed)("a trainer's token may not listen to $name", async ({ query, variables }) => {
  const client = connectTo(api.server, token);
  try {
    const answers = client.iterate({ query, variables });
    const { value } = await answers.next();
    expect(value.errors[0].extensions.code).toBe('FORBIDDEN');
  } finally {
    await client.dispose();
  }
});

test.each(ofTrainers)('people may not call $name', async ({ query, variables }) => {
  expect((await api.fail(query, variables)).extensions.code).toBe('FORBIDDEN');
  expect((await api.as(null).fail(query, variables)).extensions.code).toBe('UNAUTHENTICATED');
});
