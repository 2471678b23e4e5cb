import { buildSchema, GraphQLError, parse } from 'graphql';
import { expect, it } from 'vitest';
import { sharePayload, subscribeShared } from './shared-payload.ts';

const schema = buildSchema(
  'type Query { a: Int } type Subscription { page: Page } type Page { a: Int b: Int }',
);

/** A page whose field `a` counts how often it is asked. */
function countingPage() {
  const page = {
    asked: 0,
    a() {
      page.asked += 1;
      return 1;
    },
    b: 2,
  };
  return page;
}

async function told(payload: object, text: string, variableValues: Record<string, unknown> = {}) {
  async function* pages() {
    yield payload;
  }
  const answers = await subscribeShared({
    ...{ schema, document: parse(text), variableValues },
    rootValue: { page: () => pages() },
  });
  if (!(Symbol.asyncIterator in answers)) return answers;
  const { value } = await answers.next();
  expect(await answers.next()).toEqual({ done: true, value: undefined });
  return value;
}

const text = 'subscription { page { a b } }';

it('executes a shared payload once for all that ask the same of it', async () => {
  const page = countingPage();
  const payload = { page };
  sharePayload(payload);
  const both = { data: { page: { a: 1, b: 2 } } };
  expect(await told(payload, text)).toEqual(both);
  expect(await told(payload, `${text}\n`)).toEqual(both);
  expect(page.asked).toBe(1);
  expect(await told(payload, 'subscription { page { other: a } }')).toEqual({
    data: { page: { other: 1 } },
  });
  expect(page.asked).toBe(2);
});

it('executes what variables decide for each', async () => {
  const page = countingPage();
  const payload = { page };
  sharePayload(payload);
  const chosen = 'subscription ($b: Boolean!) { page { a b @include(if: $b) } }';
  expect(await told(payload, chosen, { b: true })).toEqual({ data: { page: { a: 1, b: 2 } } });
  expect(await told(payload, chosen, { b: false })).toEqual({ data: { page: { a: 1 } } });
  expect(page.asked).toBe(2);
});

it('executes what is not shared for each, and answers what is refused', async () => {
  const page = countingPage();
  await told({ page }, text);
  await told({ page }, text);
  expect(page.asked).toBe(2);
  const refuse = () => {
    throw new GraphQLError('Not for you.');
  };
  expect(
    await subscribeShared({ schema, document: parse(text), rootValue: { page: refuse } }),
  ).toMatchObject({ errors: [{ message: 'Not for you.' }] });
});
