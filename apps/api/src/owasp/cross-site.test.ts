import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { send } from '../testing/send.ts';
import { startTestApi, type TestApi, testOrigin } from '../testing/test-api.ts';

/*
 * OWASP: cross-site request forgery and hijacking of WebSockets. A page of another site makes the
 * browser of somebody who is signed in send requests with the cookie.
 */

const evil = 'https://evil.example';
const query = '{ viewer { user { name } } }';
const change = 'mutation { createTeam(input: { name: "Forged" }) { id } }';

describe('pages of other sites', () => {
  let api: TestApi;
  let cookie: string;
  beforeAll(async () => {
    api = await startTestApi();
    const link = 'mutation { createSignInLink(input: {}) { url } }';
    const { createSignInLink } = await api.ask(link);
    const opened = await fetch(createSignInLink.url, { redirect: 'manual' });
    cookie = opened.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const flags = opened.headers.getSetCookie().join('\n');
    expect(flags).toMatch(/SameSite=Lax/i);
    expect(flags).toMatch(/HttpOnly/i);
  });
  afterAll(() => api.close());

  const teams = () => api.platform.db.prisma.team.count({ where: { name: 'Forged' } });

  it('the dashboard itself is let through with the cookie', async () => {
    const { data } = await send(api.server.url, {
      body: { query },
      headers: { cookie, Origin: testOrigin },
    });
    expect(data).toEqual({ viewer: { user: { name: 'Owner' } } });
  });

  const simple: readonly (readonly [string, Record<string, string>, string])[] = [
    ['text/plain', { 'Content-Type': 'text/plain' }, JSON.stringify({ query: change })],
    [
      'a form',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      `query=${encodeURIComponent(change)}`,
    ],
    [
      'a form of many parts',
      { 'Content-Type': 'multipart/form-data; boundary=x' },
      `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: change })}\r\n--x--`,
    ],
    [
      'text that says it is JSON',
      { 'Content-Type': 'text/plain; application/json' },
      JSON.stringify({ query: change }),
    ],
    ['no type', { 'Content-Type': '' }, JSON.stringify({ query: change })],
  ];

  it.each(simple)(
    'what a browser sends without asking first changes nothing: %s',
    async (_how, headers, body) => {
      for (const Origin of [testOrigin, evil]) {
        const { status } = await send(api.server.url, {
          body,
          headers: { ...headers, cookie, Origin },
        });
        expect([400, 403]).toContain(status);
      }
      const { status } = await send(api.server.url, { body, headers: { ...headers, cookie } });
      expect(status).toBe(400);
      expect(await teams()).toBe(0);
    },
  );

  it('a link or a picture runs nothing: GET changes nothing, and reads only after asking', async () => {
    const get = (text: string, headers: Record<string, string>) =>
      send(`${api.server.url}?query=${encodeURIComponent(text)}`, {
        method: 'GET',
        headers: { cookie, ...headers },
      });
    expect((await get(change, { 'Content-Type': '' })).status).toBe(400);
    expect((await get(query, { 'Content-Type': '' })).status).toBe(400);
    const asked = { 'Content-Type': '', 'Apollo-Require-Preflight': 'yes' };
    expect((await get(change, asked)).status).toBe(405);
    expect(await teams()).toBe(0);
  });

  it('other origins are refused whole, whatever they send', async () => {
    for (const Origin of [evil, 'null', 'http://localhost:3001', `${testOrigin}.evil.example`]) {
      const { status, headers, text } = await send(api.server.url, {
        body: { query },
        headers: { cookie, Origin },
      });
      expect([Origin, status]).toEqual([Origin, 403]);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(text).not.toContain('Owner');
    }
  });

  it('a preflight lets known origins alone ask with the cookie', async () => {
    const preflight = (Origin: string) =>
      send(api.server.url, {
        method: 'OPTIONS',
        headers: { Origin, 'Access-Control-Request-Method': 'POST' },
      });
    const known = await preflight(testOrigin);
    expect(known.headers.get('access-control-allow-origin')).toBe(testOrigin);
    expect(known.headers.get('access-control-allow-credentials')).toBe('true');
    const foreign = await preflight(evil);
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([
      403,
      null,
    ]);
  });

  it('a socket that another site opens is refused before it is one', async () => {
    const open = (origin: string) =>
      new Promise<number | 'open' | undefined>((resolve) => {
        const address = api.server.url.replace('http:', 'ws:');
        const socket = new WebSocket(address, 'graphql-transport-ws', {
          origin,
          headers: { cookie },
        });
        socket.on('open', () => {
          socket.close();
          resolve('open');
        });
        socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
        socket.on('error', () => {});
      });
    expect(await open(evil)).toBe(403);
    expect(await open('null')).toBe(403);
    expect(await open(testOrigin)).toBe('open');
  });
});
