import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi, type TestApi, testOrigin } from '../testing/test-api.ts';

/* Signing in by OpenID Connect, against a real provider. */

let api: TestApi;
let provider: Server;
let issuer: string;

const people: Record<string, { email: string; email_verified: boolean; name: string }> = {
  grace: { email: 'grace@example.org', email_verified: true, name: 'Grace' },
};

beforeAll(async () => {
  const apiPort = await freePort();
  provider = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const oidc = new Provider(issuer, {
    clients: [
      {
        client_id: 'blockwise',
        client_secret: 'a secret of the client, long enough',
        redirect_uris: [
          `http://127.0.0.1:${apiPort}/auth/callback/openid`,
          `http://127.0.0.1:${apiPort}/auth/oauth2/callback/openid`,
        ],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['only for this test'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...people[id] }),
    }),
  });
  const handle = oidc.callback();
  api = await startTestApi({
    port: apiPort,
    openId: {
      issuer,
      clientId: 'blockwise',
      clientSecret: 'a secret of the client, long enough',
      name: 'The lab',
    },
  });
});
afterAll(async () => {
  await api.close();
  provider.close();
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A browser without scripts: follows redirects, keeps cookies by host and port, fills in forms. */
class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  cookie(url: string): string {
    const kept = this.#cookies.get(new URL(url).host) ?? new Map<string, string>();
    return [...kept].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Answers the page on which it ends up; a redirect to the dashboard ends it too. */
  async go(url: string, form?: Record<string, string>): Promise<{ url: string; html: string }> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: this.cookie(url) },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    this.keep(url, response);
    const next = response.headers.get('location');
    if (next === null) return { url, html: await response.text() };
    const target = new URL(next, url).href;
    return target.startsWith(testOrigin) ? { url: target, html: '' } : this.go(target);
  }

  keep(url: string, response: Response): void {
    const { host } = new URL(url);
    const kept = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, kept);
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (value === '') kept.delete(name);
      else kept.set(name, value);
    }
  }
}

async function signIn(browser: Browser, login: string): Promise<string> {
  const begin = new URL('/auth/sign-in/social', api.server.url).href;
  const asked = await fetch(begin, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: testOrigin },
    body: JSON.stringify({
      provider: 'openid',
      callbackURL: testOrigin,
      errorCallbackURL: `${testOrigin}/sign-in`,
    }),
  });
  browser.keep(begin, asked);
  const { url } = (await asked.json()) as { url: string };
  expect(url.startsWith(issuer)).toBe(true);
  let page = await browser.go(url);
  const fields = [{ prompt: 'login', login, password: 'any' }, { prompt: 'consent' }];
  for (const form of fields) {
    if (page.url.startsWith(testOrigin)) break;
    const action = /action="([^"]+)"/.exec(page.html)?.[1];
    page = await browser.go(new URL(action ?? '', page.url).href, form as Record<string, string>);
  }
  return page.url;
}

it('makes an account for who is new, and knows it again', async () => {
  const serverInfo = await api.as(null).ask('{ serverInfo { openId } }');
  expect(serverInfo.serverInfo.openId).toBe('The lab');
  const ids = new Set<string>();
  for (let visit = 0; visit < 2; visit++) {
    const browser = new Browser();
    expect(await signIn(browser, 'grace')).toBe(`${testOrigin}/`);
    const response = await fetch(api.server.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: testOrigin,
        cookie: browser.cookie(api.server.url),
      },
      body: JSON.stringify({ query: '{ viewer { user { id name email } memberships { role } } }' }),
    });
    const { data } = (await response.json()) as {
      data: { viewer: { user: { id: string; name: string; email: string }; memberships: [] } };
    };
    expect(data.viewer).toMatchObject({
      user: { name: 'Grace', email: 'grace@example.org' },
      memberships: [],
    });
    ids.add(data.viewer.user.id);
  }
  expect(ids.size).toBe(1);
});
