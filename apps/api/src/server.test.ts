import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { buildClientSchema, findBreakingChanges, getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { schema } from './schema/schema.ts';
import { startServerOn, startTestApi, type TestApi, testOrigin } from './testing/test-api.ts';

const body = JSON.stringify({ query: '{ serverInfo { name version features } }' });
const json = { 'Content-Type': 'application/json' };

describe('the server', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const post = (headers: Record<string, string>, payload = body) =>
    fetch(api.server.url, { method: 'POST', headers, body: payload });

  /** `fetch` does not let a Host header be chosen. */
  const withHost = (host: string, path = '/graphql') =>
    new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(
        {
          port: api.server.port,
          host: '127.0.0.1',
          path,
          method: 'POST',
          headers: { ...json, host },
        },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      request.on('error', reject);
      request.end(body);
    });

  /** How opening a WebSocket ended: its status when refused, else `open`. */
  const upgrade = (options: { origin?: string; host?: string; path?: string }) =>
    new Promise<number | 'open' | undefined>((resolve) => {
      const { origin, host, path = '/graphql' } = options;
      const socket = new WebSocket(
        `ws://127.0.0.1:${api.server.port}${path}`,
        'graphql-transport-ws',
        { ...(origin && { origin }), ...(host && { headers: { host } }) },
      );
      socket.on('open', () => {
        socket.close();
        resolve('open');
      });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('error', () => {});
    });

  it('says what it is', async () => {
    const { serverInfo } = await api.ask('{ serverInfo { name version features } }');
    expect(serverInfo).toMatchObject({ name: 'Blockwise', version: '0.1.0' });
    expect(serverInfo.features).toContain('searchEvents.subscription');
  });

  it('is introspectable, descriptions included', async () => {
    const data = await api.ask(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }));
    const seen = buildClientSchema(data);
    expect(findBreakingChanges(seen, schema)).toEqual([]);
    expect(findBreakingChanges(schema, seen)).toEqual([]);
    expect(seen.getType('Candidate')?.description).toBe(schema.getType('Candidate')?.description);
  });

  it('is alive and ready, and answers 404 elsewhere', async () => {
    const at = async (path: string) => {
      const response = await fetch(new URL(path, api.server.url));
      return [response.status, await response.json()];
    };
    expect(await at('/healthz')).toEqual([200, { status: 'ok' }]);
    expect(await at('/readyz')).toEqual([200, { status: 'ready' }]);
    expect(await at('/')).toMatchObject([404, { errors: [{ extensions: { code: 'BAD_INPUT' } }] }]);
  });

  it('names every answer by a request id', async () => {
    const { headers, errors } = await api.post('{ nothing }');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(errors[0]?.extensions.requestId).toBe(headers.get('x-request-id'));
  });

  it('refuses names that are not of this machine (DNS rebinding)', async () => {
    for (const host of ['evil.example', '127.0.0.1.evil.example:4000', '192.168.1.4:4000']) {
      expect([host, await withHost(host)]).toEqual([host, 403]);
      expect(await withHost(host, '/healthz')).toBe(403);
      expect(await upgrade({ host })).toBe(403);
    }
    for (const host of ['localhost', 'localhost:4000', '127.0.0.1', '[::1]:4000']) {
      expect([host, await withHost(host)]).toEqual([host, 200]);
    }
  });

  it('lets only the dashboard read answers and open sockets', async () => {
    const known = await post({ ...json, Origin: testOrigin });
    expect(known.headers.get('access-control-allow-origin')).toBe(testOrigin);
    expect(known.headers.get('access-control-allow-credentials')).toBe('true');
    const foreign = await post({ ...json, Origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await fetch(api.server.url, {
      method: 'OPTIONS',
      headers: { Origin: testOrigin, 'Access-Control-Request-Method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      expect.stringContaining('Content-Type'),
    ]);
    expect(await upgrade({ origin: testOrigin })).toBe('open');
    expect(await upgrade({})).toBe('open');
    expect(await upgrade({ origin: 'https://evil.example' })).toBe(403);
    expect(await upgrade({ path: '/elsewhere' })).toBe(403);
  });

  it('refuses requests that a browser sends without asking first (CSRF)', async () => {
    const simple = await post({ 'Content-Type': 'text/plain' });
    expect(simple.status).toBe(400);
    const get = await fetch(`${api.server.url}?query={serverInfo{name}}`);
    expect(get.status).toBe(400);
    const { errors } = (await get.json()) as { errors: { extensions: { code: string } }[] };
    expect(errors[0]?.extensions.code).toBe('BAD_INPUT');
  });

  it('does not batch', async () => {
    const response = await post(json, `[${body},${body}]`);
    expect(response.status).toBe(400);
  });

  it('refuses bodies that are too large or not JSON, in the shape of errors', async () => {
    const answers = [
      [413, JSON.stringify({ query: ' '.repeat(1_000_001) })],
      [400, '{'],
    ] as const;
    for (const [status, payload] of answers) {
      const response = await post(json, payload);
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: 'BAD_INPUT' } }],
      });
    }
  });

  it('answers malformed operations with BAD_INPUT', async () => {
    for (const query of ['{', '{ nothing }', '', 'query A { __typename } query B { __typename }']) {
      const { errors, status } = await api.post(query);
      expect([query, status, errors[0]?.extensions.code]).toEqual([query, 400, 'BAD_INPUT']);
    }
  });

  it('masks what is unexpected and never shows a stack', async () => {
    const broken = await startTestApi();
    try {
      await broken.platform.db.prisma.$executeRaw`ALTER TABLE search RENAME TO hidden`;
      const answer = await broken.post('{ searches { nodes { id } } }');
      expect(answer.errors[0]?.extensions).toEqual({
        code: 'INTERNAL',
        requestId: answer.headers.get('x-request-id'),
      });
      expect(JSON.stringify(answer)).not.toMatch(/prisma|hidden|relation|node_modules|\bat \w/i);
      const ready = await fetch(new URL('/readyz', broken.server.url));
      expect(ready.status).toBe(503);
    } finally {
      await broken.close();
    }
  });

  it('says in one line that its port is taken, and leaves nothing open', async () => {
    const second = startServerOn(api.platform.url, tmpdir(), { port: api.server.port });
    await expect(second).rejects.toThrow(
      `Port ${api.server.port} of 127.0.0.1 is taken by another process.`,
    );
  });

  it('says in one line that its database cannot be reached, without the password', async () => {
    const failing = startServerOn('postgresql://me:secret@127.0.0.1:1/none');
    await expect(failing).rejects.toThrow(
      /^The database at 127\.0\.0\.1:1\/none cannot be used: .+/,
    );
    await expect(failing).rejects.not.toThrow(/secret/);
  });
});
