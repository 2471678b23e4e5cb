import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualLimits } from '../limits/operation-limits.ts';
import {
  maxHeaderBytes,
  maxRequestBytes,
  maxSocketOperations,
  maxTokens,
  maxUrlCharacters,
} from '../limits.ts';
import { send, statusOf } from '../testing/send.ts';
import { connectTo, startTestApi, type TestApi } from '../testing/test-api.ts';
import { specInput, startSearch } from '../testing/test-search.ts';

/*
 * OWASP GraphQL cheat sheet: denial of service. Depth, amount, aliases, tokens, circular fragments,
 * directives, repeated fields, pages, cost, rates, timeouts and sizes; over HTTP and over sockets.
 */

const many = (n: number, each: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => each(i)).join(' ');

/** Operations that would take much from little, and what they are refused with. */
const attacks = {
  depth: `{ audit(id: "x") ${'{ search { audits { nodes '.repeat(20)} { id } ${'} } }'.repeat(20)} }`,
  'depth through fragments': `{ search(id: "x") { ...F0 } } ${many(20, (i) => `fragment F${i} on Search { audits { nodes { search { ...F${i + 1} } } } }`)} fragment F20 on Search { id }`,
  aliases: `{ ${many(60, (i) => `a${i}: serverInfo { name }`)} }`,
  'aliases through fragments': `{ ${many(8, (i) => `a${i}: serverInfo { ...F }`)} } fragment F on ServerInfo { ${many(8, (i) => `n${i}: name`)} }`,
  'fragments of fragments': `{ search(id: "x") { ...F0 } } ${many(12, (i) => `fragment F${i} on Search { audits { nodes { search { ...F${i + 1} } } } a: audits { nodes { search { ...F${i + 1} } } } }`)} fragment F12 on Search { id }`,
  tokens: `{ serverInfo { ${'name '.repeat(maxTokens)} } }`,
  'repeated fields': `{ ${'searches { nodes { id } } '.repeat(500)} }`,
  directives: `{ serverInfo { name ${'@include(if: true) '.repeat(101)} } }`,
  'unknown directives': `{ serverInfo { name ${'@x '.repeat(500)} } }`,
  operations: many(11, (i) => `query Q${i} { serverInfo { name } }`),
  'pages in lists in pages': `{ searches(first: 100) { nodes { jobs { nodes { runs { attempt } } } networks { nodes { retrainings { differences { field } } } } } } }`,
  'dear calculations': `{ ${many(25, (i) => `s${i}: solve(search: "x", constraints: { params: { max: 1 }, macs: { max: 1 } }) { loss }`)} }`,
  'dear calculations under one argument that is wrong': `{ ${many(25, (i) => `s${i}: solve(search: "x", constraints: { params: { max: 1 }, macs: { max: 1 } }) { loss }`)} searches(first: "no") { nodes { id } } }`,
  'a look at the schema that goes in circles':
    '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } }',
  'circular fragments':
    '{ search(id: "x") { ...A } } fragment A on Search { ...B } fragment B on Search { ...A }',
} as const;

const faults = new Set([
  'unknown directives',
  'dear calculations under one argument that is wrong',
  'circular fragments',
  'a look at the schema that goes in circles',
]);

describe('denial of service', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const ask = (body: unknown, headers: Record<string, string> = {}) =>
    send(api.server.url, { body, headers: { Authorization: `Bearer ${api.token}`, ...headers } });

  describe.each(Object.entries(attacks))('%s', (name, query) => {
    const codes = faults.has(name) ? ['BAD_INPUT', 'TOO_COMPLEX'] : ['TOO_COMPLEX'];

    it('is refused over HTTP before anything runs', async () => {
      const { status, errors, data } = await ask({ query });
      expect(status).toBe(400);
      expect(data).toBeUndefined();
      expect(errors.length).toBeLessThanOrEqual(11);
      for (const { extensions } of errors) expect(codes).toContain(extensions.code);
    });

    it('is refused over a socket', async () => {
      const client = connectTo(api.server, api.token);
      const refusal = await client
        .iterate({ query })
        .next()
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(Array);
      for (const { extensions } of refusal as { extensions: { code: string } }[]) {
        expect(codes).toContain(extensions.code);
      }
      await client.dispose();
    });
  });

  it('cost is in every answer, over HTTP and over a socket', async () => {
    const query = '{ searches(first: 7) { nodes { id } } }';
    const cost = { requested: 14, limit: usualLimits.operationCost };
    expect((await ask({ query })).extensions).toEqual({ cost });
    const { status, extensions } = await ask({ query: attacks['dear calculations'] });
    expect([status, extensions]).toMatchObject([
      400,
      { cost: { limit: usualLimits.operationCost } },
    ]);
    const client = connectTo(api.server, api.token);
    const { value } = await client.iterate({ query }).next();
    expect(value).toMatchObject({ extensions: { cost } });
    await client.dispose();
  });

  it('pages are of 100 at most, and never of none or fewer', async () => {
    for (const first of [0, -1, 101, 2_147_483_647]) {
      const { extensions } = await api.fail(`{ searches(first: ${first}) { nodes { id } } }`);
      expect([first, extensions.code]).toEqual([
        first,
        first > 20_000 ? 'TOO_COMPLEX' : 'BAD_INPUT',
      ]);
    }
    const ids = Array(101).fill('x');
    const { extensions } = await api.fail('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids,
    });
    expect(extensions.code).toBe('BAD_INPUT');
  });

  it('variables are neither deep nor endless', async () => {
    const query = 'query ($n: Int) { searches(first: $n) { nodes { id } } }';
    const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
    const answer = await ask(`{"query":${JSON.stringify(query)},"variables":{"n":1,"x":${deep}}}`);
    expect(answer.errors[0]?.extensions.code).toBe('TOO_COMPLEX');
    const wide = `[${'0,'.repeat(300_000)}0]`;
    const other = await ask(`{"query":${JSON.stringify(query)},"variables":{"n":1,"x":${wide}}}`);
    expect(other.errors[0]?.extensions.code).toBe('TOO_COMPLEX');
  });

  it('a space that unfolds into a large one is refused as it stands', async () => {
    const doubled = many(30, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`);
    const { extensions } = await api.fail(
      'query ($yaml: String!) { describeSpace(space: { yaml: $yaml }) { size } }',
      { yaml: `a0: &a0 [x, x]\n${doubled.replaceAll('\n ', '\n')}` },
    );
    expect(['SPACE_SYNTAX', 'BAD_INPUT']).toContain(extensions.code);
  });

  it('bodies, addresses and headers have sizes', async () => {
    const large = await ask({ query: ' '.repeat(maxRequestBytes + 1) });
    expect([large.status, large.errors[0]?.extensions.code]).toEqual([413, 'BAD_INPUT']);
    const { port } = api.server;
    const path = (length: number) => `/graphql?query=${'x'.repeat(length)}`;
    expect(await statusOf(port, { path: path(maxUrlCharacters) })).toBe(414);
    expect(await statusOf(port, { headers: { 'x-much': 'x'.repeat(maxHeaderBytes) } })).toBe(431);
  });

  it('a socket carries so many operations at a time', async () => {
    const id = await startSearch(api, { ...specInput, name: 'followed' });
    const client = connectTo(api.server, api.token);
    const query = 'subscription ($id: ID!) { searchEvents(search: $id) { cursor } }';
    const follow = () => client.iterate({ query, variables: { id } });
    const followed = Array.from({ length: maxSocketOperations }, follow);
    for (const each of followed) expect((await each.next()).value).toHaveProperty('data');
    await expect(follow().next()).rejects.toMatchObject([{ extensions: { code: 'TOO_COMPLEX' } }]);
    await followed[0]?.return?.();
    await client.dispose();
  });

  it('a message of a socket that is too large closes it', async () => {
    const client = connectTo(api.server, api.token);
    const closed = client.iterate({ query: ' '.repeat(maxRequestBytes + 1) }).next();
    await expect(closed).rejects.toMatchObject({ code: 1009 });
    await client.dispose();
  });
});

describe('rates', () => {
  const limits = {
    ...usualLimits,
    costPerMinute: 100,
    anonymousCostPerMinute: 30,
    requestsPerMinute: 40,
  };
  const query = '{ searches(first: 40) { nodes { id } } }';

  it('are counted by cost for each token: 429, and when to come back', async () => {
    const api = await startTestApi({ limits });
    expect((await api.post(query)).status).toBe(200);
    const { status, errors, headers } = await api.post(query);
    expect(status).toBe(429);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: seconds,
    });
    const client = connectTo(api.server, api.token);
    await expect(client.iterate({ query }).next()).rejects.toMatchObject([
      { extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } },
    ]);
    await client.dispose();
    await api.close();
  });

  it('are less for whoever is not signed in, and count what is refused', async () => {
    const api = await startTestApi({ limits });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await api.as(null).post('{ nothing }')).status);
    expect(statuses).toEqual([400, 400, 400, 429]);
    expect((await api.post('{ serverInfo { name } }')).status).toBe(200);
    await api.close();
  });

  it('are counted for each address before a token is looked at', async () => {
    const api = await startTestApi({ limits });
    const statuses = new Set<number>();
    for (let i = 0; i < 50; i += 1) {
      const headers = { Authorization: `Bearer bw_${i}` };
      statuses.add((await send(api.server.url, { body: '{}', headers })).status);
    }
    expect(statuses).toContain(429);
    const refusal = await connectTo(api.server, api.token)
      .iterate({ query })
      .next()
      .catch((error: unknown) => error);
    expect(String((refusal as { message?: string }).message)).toContain('429');
    // Whoever looks after the process is not counted.
    expect((await fetch(new URL('/healthz', api.server.url))).status).toBe(200);
    await api.close();
  });
});

describe('timeouts', () => {
  it('a statement that takes too long is ended, and says so', async () => {
    const api = await startTestApi({ statementTimeoutSeconds: 0.3 });
    const id = await startSearch(api, { ...specInput, name: 'waits' });
    const error = await api.platform.db.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE search IN ACCESS EXCLUSIVE MODE`;
      return api.fail('query ($id: ID!) { search(id: $id) { name } }', { id });
    });
    expect(error.extensions.code).toBe('TIMEOUT');
    expect(error.message).not.toMatch(/statement|SELECT|prisma/i);
    const { search } = await api.ask('query ($id: ID!) { search(id: $id) { name } }', { id });
    expect(search.name).toBe('waits');
    await api.close();
  });
});
