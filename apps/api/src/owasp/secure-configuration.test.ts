import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../testing/send.ts';
import { connectTo, startTestApi, type TestApi } from '../testing/test-api.ts';

/*
 * OWASP GraphQL cheat sheet: secure configurations. Introspection, suggestions, explorers, verbose
 * errors, debug output and headers.
 */

describe('insecure defaults', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it('the schema is described to those who are signed in only, by whatever way', async () => {
    const nobody = api.as(null);
    expect((await nobody.fail(getIntrospectionQuery())).extensions.code).toBe('UNAUTHENTICATED');
    expect((await nobody.fail('{ a: __type(name: "Search") { name } }')).extensions.code).toBe(
      'UNAUTHENTICATED',
    );
    expect(
      (await api.as('bw_unknown').fail('{ __schema { queryType { name } } }')).extensions.code,
    ).toBe('UNAUTHENTICATED');
    const client = connectTo(api.server, null);
    await expect(
      client.iterate({ query: '{ __schema { queryType { name } } }' }).next(),
    ).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await client.dispose();
    expect((await api.ask(getIntrospectionQuery())).__schema.types.length).toBeGreaterThan(50);
  });

  const misspelt = [
    ['a field', '{ serverInf { name } }', {}],
    ['a field of an object', '{ serverInfo { nam } }', {}],
    ['an argument', '{ searches(frst: 1) { nodes { id } } }', {}],
    ['a type', '{ node(id: "x") { ... on Serch { id } } }', {}],
    [
      'a value of an enumeration',
      '{ searches(filter: { states: [COMPLET] }) { nodes { id } } }',
      {},
    ],
    [
      'a value in variables',
      'query ($s: SearchState!) { searches(filter: { states: [$s] }) { nodes { id } } }',
      { s: 'COMPLET' },
    ],
    [
      'a field in variables',
      'query ($o: CandidateOrder) { candidates(cell: "x", orderBy: $o) { nodes { loss } } }',
      { o: { feld: 'LOSS' } },
    ],
  ] as const;

  it.each(misspelt)(
    '%s that is misspelt is put right for those who are signed in only',
    async (_what, query, variables) => {
      const told = (await api.post(query, variables)).errors.map(({ message }) => message).join();
      const hidden = (await api.as(null).post(query, variables)).errors
        .map(({ message }) => message)
        .join();
      expect(told).toMatch(/Did you mean/);
      expect(hidden).not.toBe('');
      expect(hidden).not.toMatch(/Did you mean/);
    },
  );

  it('a browser that comes by finds no explorer', async () => {
    const { status, text, headers } = await send(api.server.url, {
      method: 'GET',
      headers: { Accept: 'text/html', 'Content-Type': '' },
    });
    expect([400, 415]).toContain(status);
    expect(headers.get('content-type')).not.toContain('html');
    expect(text).not.toMatch(/<html|<script|apollo studio|sandbox/i);
  });

  it('an error that nobody expected tells nothing, and its request id finds it in the log', async () => {
    const broken = await startTestApi();
    await broken.platform.db.prisma.$executeRaw`ALTER TABLE search RENAME COLUMN name TO hidden`;
    const query = '{ searches { nodes { name } } }';
    const { errors, headers } = await broken.post(query);
    expect(errors).toEqual([
      {
        message: `Something went wrong on the server. The log has it under ${headers.get('x-request-id')}.`,
        path: ['searches'],
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'INTERNAL', requestId: headers.get('x-request-id') },
      },
    ]);
    const client = connectTo(broken.server, broken.token);
    const { value } = await client.iterate({ query }).next();
    expect(value?.errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
    expect(JSON.stringify(value)).not.toMatch(/prisma|hidden|select|node_modules|\.ts|\bat \w/i);
    await client.dispose();
    await broken.close();
  });

  it('a request that is broken is told so without where the code lies', async () => {
    const broken = [
      '{',
      '[',
      '"x"',
      'null',
      '{"query": 1}',
      '{"query": "{"}',
      '{"query": {"kind": "Document"}}',
      '{"query":"{a}","variables":[]}',
      '{"query":"{a}","extensions":"x"}',
      '{"query":"{a}","operationName":{}}',
    ];
    for (const body of broken) {
      const { status, text, errors } = await send(api.server.url, { body });
      expect([body, status, errors.map(({ extensions }) => extensions.code)]).toEqual([
        body,
        400,
        ['BAD_INPUT'],
      ]);
      expect(text).not.toMatch(/node_modules|\.[jt]s\b|stack|\bat \w+ \(/i);
    }
  });

  it('no header says what it runs on, and browsers are told to be careful', async () => {
    const { headers } = await send(api.server.url, { body: { query: '{ serverInfo { name } }' } });
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
