import type { ErrorCode } from '@blockwise/contracts';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { documentId } from '../documents/persisted-documents.ts';
import { createLog } from '../log.ts';
import { schema } from '../schema/schema.ts';
import { shownError } from '../shown-error.ts';
import { OperationGate } from './operation-gate.ts';
import { usualLimits } from './operation-limits.ts';

const member = { key: 'token:1', isSignedIn: true, hasToken: true };
const nobody = { key: 'address:1', isSignedIn: false, hasToken: false };
const log = createLog('silent');

interface Asked {
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly caller?: typeof member;
  readonly gate?: OperationGate;
}

/** What a gate says: the cost, or the code of the refusal. */
async function ask(source: string, asked: Asked = {}): Promise<number | ErrorCode | undefined> {
  const { errors, cost } = await admit(source, asked);
  const [error] = errors;
  return error === undefined
    ? cost?.requested
    : (shownError(error, log).extensions?.code as ErrorCode);
}

function admit(source: string, { variables = {}, operationName, caller, gate }: Asked = {}) {
  return (gate ?? new OperationGate(schema, usualLimits, new Map())).admit(
    { source, document: parse(source), variables, operationName },
    caller ?? member,
  );
}

describe('costs', () => {
  const page = (first: number) => `{ searches(first: ${first}) { nodes { id dataset { hash } } } }`;

  it('are objects: a page counts with its size, what lies in it once for each', async () => {
    expect(await ask('{ serverInfo { name version } }')).toBe(1);
    expect(await ask(page(1))).toBe(3);
    expect(await ask(page(50))).toBe(150);
    // The size of a page that is not given is the field's own.
    expect(await ask('{ searches { nodes { id } } }')).toBe(40);
    expect(await ask('query ($n: Int) { searches(first: $n) { nodes { id } } }')).toBe(40);
    const variables = { n: 7 };
    expect(
      await ask('query ($n: Int) { searches(first: $n) { nodes { id } } }', { variables }),
    ).toBe(14);
  });

  it('count lists by the arguments that say how long they get', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect(await ask(query, { variables: { ids: ['a', 'b', 'c'] } })).toBe(3);
    const curves =
      'query ($j: [ID!]!, $k: [String!], $p: Int!) { curves(jobs: $j, keys: $k, maxPoints: $p) { values } }';
    const many = { j: Array(100).fill('a'), k: Array(10).fill('k'), p: 10_000 };
    expect(await ask(curves, { variables: many })).toBe(11_000);
    expect(await ask(curves, { variables: { ...many, p: 100_000 } })).toBe('TOO_COMPLEX');
  });

  it('count what a fragment adds wherever it is used, and what a directive leaves out not', async () => {
    const twice = `{ a: serverInfo { ...N } b: serverInfo { ...N } } fragment N on ServerInfo { name }`;
    expect(await ask(twice)).toBe(2);
    expect(
      await ask(
        'query ($no: Boolean!) { a: serverInfo { name } b: serverInfo @include(if: $no) { name } }',
        {
          variables: { no: false },
        },
      ),
    ).toBe(1);
  });

  it('refuse lists in lists, with what it would cost', async () => {
    const inside =
      'jobs { nodes { runs { attempt } } } networks { nodes { retrainings { differences { field } } } }';
    const source = `{ searches(first: 100) { nodes { ${inside} } } }`;
    const { errors, cost } = await admit(source);
    expect(cost?.limit).toBe(20_000);
    expect(cost?.requested).toBeGreaterThan(20_000);
    expect(errors[0]?.message).toContain(`costs ${cost?.requested} objects`);
  });

  it('are not escaped by an argument that is wrong', async () => {
    const bounds = 'constraints: { params: { max: 1 }, macs: { max: 1 } }';
    const dear = Array.from(
      { length: 30 },
      (_, i) => `s${i}: solve(search: "x", ${bounds}) { loss }`,
    ).join(' ');
    expect(await ask(`{ ${dear} }`)).toBe('TOO_COMPLEX');
    const variables = { n: 'no number' };
    expect(
      await ask(`query ($n: Int) { searches(first: $n) { nodes { id } } ${dear} }`, { variables }),
    ).toBe('BAD_INPUT');
  });
});

describe('documents', () => {
  it('may not lie too deep, with or without fragments', async () => {
    const nested = (levels: number) =>
      `{ audit(id: "x") ${'{ search { audits { nodes '.repeat(levels)} { id } ${'} } }'.repeat(levels)} }`;
    expect(await ask(nested(3))).toBe(17_262);
    expect(await ask(nested(7))).toBe('TOO_COMPLEX');
    expect((await admit(nested(7))).errors[0]?.message).toContain('deep');
    const fragments = Array.from(
      { length: 20 },
      (_, i) => `fragment F${i} on Search { audits { nodes { search { ...F${i + 1} } } } }`,
    ).join(' ');
    expect(
      await ask(`{ search(id: "x") { ...F0 } } ${fragments} fragment F20 on Search { id }`),
    ).toBe('TOO_COMPLEX');
  });

  it('may not give too many other names', async () => {
    const aliases = (n: number) => Array.from({ length: n }, (_, i) => `a${i}: name`).join(' ');
    expect(await ask(`{ serverInfo { ${aliases(50)} } }`)).toBe(1);
    expect(await ask(`{ serverInfo { ${aliases(51)} } }`)).toBe('TOO_COMPLEX');
    const spread = `{ a: serverInfo { ...F } b: serverInfo { ...F } } fragment F on ServerInfo { ${aliases(25)} }`;
    expect(await ask(spread)).toBe('TOO_COMPLEX');
  });

  it('may not hold many operations, directives or changes', async () => {
    const operations = (n: number) =>
      Array.from({ length: n }, (_, i) => `query Q${i} { serverInfo { name } }`).join(' ');
    expect(await ask(operations(10), { operationName: 'Q3' })).toBe(1);
    expect(await ask(operations(11), { operationName: 'Q3' })).toBe('TOO_COMPLEX');
    expect(await ask(`{ serverInfo { ${'name @include(if: true) '.repeat(101)} } }`)).toBe(
      'TOO_COMPLEX',
    );
    const changes = (n: number) =>
      Array.from(
        { length: n },
        (_, i) => `c${i}: cancelSearch(input: { search: "x" }) { id }`,
      ).join(' ');
    expect(await ask(`mutation { ${changes(10)} }`)).toBe(10);
    expect(await ask(`mutation { ${changes(11)} }`)).toBe('TOO_COMPLEX');
    expect(
      await ask(
        `mutation { ...F ... { ${changes(6)} } } fragment F on Mutation { x${changes(6).replaceAll(' c', ' xc')} }`,
      ),
    ).toBe('TOO_COMPLEX');
  });

  it('run the operation that is asked for, or none', async () => {
    const two = 'query A { serverInfo { name } } query B { searches { nodes { id } } }';
    expect(await ask(two, { operationName: 'A' })).toBe(1);
    expect(await ask(two, { operationName: 'B' })).toBe(40);
    expect(await ask(two)).toBe('BAD_INPUT');
    expect(await ask('{ serverInfo { name } }', { operationName: 'C' })).toBe('BAD_INPUT');
  });
});

describe('variables', () => {
  const query = 'query ($n: Int) { searches(first: $n) { nodes { id } } }';

  it('may not lie too deep or hold too much', async () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    expect(await ask(query, { variables: { deep } })).toBe('TOO_COMPLEX');
    expect(await ask(query, { variables: { many: Array(250_001).fill(0) } })).toBe('TOO_COMPLEX');
  });

  it('are told of all at once when they are wrong', async () => {
    const two =
      'query ($n: Int, $m: Int!) { searches(first: $n) { nodes { id } } nodes: searches(first: $m) { nodes { id } } }';
    const { errors } = await admit(two, { variables: { n: 'x' } });
    expect(errors).toHaveLength(2);
  });
});

describe('who is not signed in', () => {
  it('gets no description of the schema', async () => {
    for (const source of [
      '{ __schema { types { name } } }',
      '{ x: __type(name: "Query") { name } }',
      '{ ...F } fragment F on Query { __schema { queryType { name } } }',
    ]) {
      expect([source, await ask(source, { caller: nobody })]).toEqual([source, 'UNAUTHENTICATED']);
      expect([source, await ask(source)]).toEqual([source, expect.any(Number)]);
    }
    expect(await ask('{ __typename serverInfo { __typename } }', { caller: nobody })).toBe(1);
  });

  it('gets no suggestions', async () => {
    const misspelt = '{ serverInf { name } }';
    const told = async (caller: typeof member) =>
      (await admit(misspelt, { caller })).errors[0]?.message;
    expect(await told(member)).toContain('Did you mean "serverInfo"');
    expect(await told(nobody)).toBe('Cannot query field "serverInf" on type "Query".');
  });

  it('does not get them from a document that somebody else has sent before', async () => {
    const gate = new OperationGate(schema, usualLimits, new Map());
    const document = parse('{ serverInf { name } }');
    const operation = { source: '', document, variables: {}, operationName: undefined };
    await gate.admit(operation, member);
    const { errors } = await gate.admit(operation, nobody);
    expect(errors[0]?.message).not.toContain('Did you mean');
  });
});

describe('rates', () => {
  const limits = { ...usualLimits, costPerMinute: 100, anonymousCostPerMinute: 30 };
  const cheap = '{ serverInfo { name } }';
  const page = '{ searches(first: 40) { nodes { id } } }';

  it('count by cost, of each caller alone', async () => {
    const gate = new OperationGate(schema, limits, new Map());
    expect(await ask(page, { gate })).toBe(80);
    expect(await ask(cheap, { gate })).toBe(1);
    expect(await ask(page, { gate })).toBe('RATE_LIMITED');
    expect(await ask(page, { gate, caller: { ...member, key: 'token:2' } })).toBe(80);
  });

  it('count what is refused as well', async () => {
    const gate = new OperationGate(schema, limits, new Map());
    const codes = [];
    for (let i = 0; i < 4; i += 1) codes.push(await ask('{ nothing }', { gate, caller: nobody }));
    expect(codes).toEqual(['BAD_INPUT', 'BAD_INPUT', 'BAD_INPUT', 'RATE_LIMITED']);
  });

  it('count a long document that is new by the square of its length, and once', async () => {
    const gate = new OperationGate(schema, { ...usualLimits, costPerMinute: 1500 }, new Map());
    const long = `{ serverInfo { name(${'x: 1 '.repeat(664)}) } }`;
    const operation = (document = parse(long)) => ({
      source: long,
      document,
      variables: {},
      operationName: undefined,
    });
    const first = operation();
    const code = async (asked = first) => {
      const [error] = (await gate.admit(asked, member)).errors;
      return shownError(error, log).extensions?.code;
    };
    expect([await code(), await code(), await code(operation())]).toEqual([
      'BAD_INPUT',
      'BAD_INPUT',
      'RATE_LIMITED',
    ]);
  });

  it('say when to come back', async () => {
    const gate = new OperationGate(schema, limits, new Map());
    await ask(page, { gate });
    const { errors } = await admit(page, { gate });
    const [error] = errors;
    const { retryAfterSeconds } = shownError(error, log).extensions ?? {};
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect(retryAfterSeconds).toBeLessThanOrEqual(60);
  });
});

describe('documents only', () => {
  const text = '{ serverInfo { name } }';
  const limits = { ...usualLimits, documentsOnly: true };
  const empty = new OperationGate(schema, limits, new Map());
  const full = new OperationGate(schema, limits, new Map([[documentId(text), text]]));
  const browser = { key: 'user:1', isSignedIn: true, hasToken: false };

  it('lets whoever sends no token run what is known, and nothing else', async () => {
    for (const [caller, code] of [
      [nobody, 'UNAUTHENTICATED'],
      [browser, 'FORBIDDEN'],
    ] as const) {
      expect(await ask(text, { gate: empty, caller })).toBe(code);
      expect(await ask(text, { gate: full, caller })).toBe(1);
      expect(await ask(`${text} `, { gate: full, caller })).toBe(code);
    }
    expect(await ask(text, { gate: empty })).toBe(1);
  });
});
