import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, testOrigin } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const whoAmI = '{ viewer { user { name email isOperator } scopes token { name } } }';

function post(path: string, body: object, headers: Record<string, string> = {}) {
  return fetch(new URL(`/auth${path}`, api.server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: testOrigin, ...headers },
    body: JSON.stringify(body),
  });
}

/** The cookies that an answer sets, as a browser sends them back. */
function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function asBrowser(cookie: string, query = whoAmI) {
  const response = await fetch(api.server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin: testOrigin },
    body: JSON.stringify({ query }),
  });
  const { extensions: _cost, ...answer } = (await response.json()) as {
    data: unknown;
    errors?: { extensions: { code: string } }[];
    extensions?: unknown;
  };
  return answer;
}

async function openLink(url: string) {
  return fetch(url, { redirect: 'manual' });
}

async function newLink(): Promise<string> {
  const made = await api.ask('mutation { createSignInLink(input: {}) { url expiresAt } }');
  return made.createSignInLink.url;
}

describe('a sign-in link', () => {
  it('signs its account in once, by a cookie that scripts and other sites do not get', async () => {
    const url = await newLink();
    const opened = await openLink(url);
    expect(opened.status).toBe(302);
    expect(opened.headers.get('location')).toBe(`${testOrigin}/`);
    const [cookie = ''] = opened.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(await asBrowser(cookiesOf(opened))).toEqual({
      data: {
        viewer: {
          user: { name: 'Owner', email: 'owner@blockwise.local', isOperator: true },
          scopes: ['READ', 'WRITE', 'ADMIN'],
          token: null,
        },
      },
    });
    const again = await openLink(url);
    expect(again.headers.get('location')).toMatch(`${testOrigin}/sign-in?error=`);
    expect(again.headers.getSetCookie()).toEqual([]);
  });
});

describe('accounts', () => {
  const account = { name: 'Ada', email: 'ada@example.org', password: 'a long password' };
  const inviting = /* GraphQL */ `
    mutation ($team: ID!, $email: String) {
      inviteMember(input: { team: $team, role: VIEWER, email: $email }) { secret url }
    }
  `;

  async function invite(email: string | null = null): Promise<string> {
    const { teams } = await api.ask('{ teams { nodes { id } } }');
    const made = await api.ask(inviting, { team: teams.nodes[0].id, email });
    expect(made.inviteMember.url).toBe(`${testOrigin}/invitation#${made.inviteMember.secret}`);
    return made.inviteMember.secret;
  }

  it('are made with an open invitation for the address, and not without', async () => {
    for (const secret of ['', 'bwi_nothing', await invite('other@example.org')]) {
      const refused = await post('/sign-up/email', account, { 'x-blockwise-invitation': secret });
      expect(refused.status).toBe(403);
    }
    const secret = await invite(account.email);
    const made = await post('/sign-up/email', account, { 'x-blockwise-invitation': secret });
    expect(made.status).toBe(200);
    const cookie = cookiesOf(made);
    const accept = `mutation { acceptInvitation(input: { secret: "${secret}" }) { name viewerRole } }`;
    expect(await asBrowser(cookie, accept)).toMatchObject({
      data: { acceptInvitation: { name: 'local' } },
    });
    expect(await asBrowser(cookie, accept)).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND', path: ['secret'] } }],
    });
    expect(await asBrowser(cookie, '{ viewer { memberships { role } } }')).toEqual({
      data: { viewer: { memberships: [{ role: 'VIEWER' }] } },
    });
  });

  it('come back by a link where a password is lost, and set another one', async () => {
    const made = await api.ask(
      'mutation ($email: String!) { createSignInLink(input: { email: $email }) { url } }',
      { email: account.email },
    );
    const cookie = cookiesOf(await openLink(made.createSignInLink.url));
    const set = `mutation { setPassword(input: { password: "${account.password}" }) { email } }`;
    expect(await asBrowser(cookie, set)).toEqual({
      data: { setPassword: { email: account.email } },
    });
  });

  it('keep passwords as scrypt hashes only', async () => {
    const stored = await api.platform.db.prisma.account.findFirstOrThrow({
      where: { user: { email: account.email } },
    });
    // 16 bytes of salt and 64 of key, hex: what better-auth's scrypt writes.
    expect(stored.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
    const rows = await api.platform.db.prisma.$queryRaw<{ text: string }[]>`
      SELECT account::text AS text FROM account`;
    expect(JSON.stringify(rows)).not.toContain(account.password);
  });

  it('sign in with the password, and out', async () => {
    const wrong = await post('/sign-in/email', { ...account, password: 'not this one' });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.getSetCookie()).toEqual([]);
    const right = await post('/sign-in/email', account);
    const cookie = cookiesOf(right);
    expect(await asBrowser(cookie, '{ viewer { user { name } } }')).toEqual({
      data: { viewer: { user: { name: 'Ada' } } },
    });
    expect((await post('/sign-out', {}, { cookie })).status).toBe(200);
    expect(await asBrowser(cookie, '{ viewer { user { name } } }')).toEqual({
      data: { viewer: null },
    });
  });

  it('change their password knowing the one so far, not by a token', async () => {
    const cookie = cookiesOf(await post('/sign-in/email', account));
    const set = (current: string, password: string) =>
      asBrowser(
        cookie,
        `mutation { setPassword(input: { current: "${current}", password: "${password}" }) { name } }`,
      );
    expect(await set('not this one', 'a newer password')).toMatchObject({
      errors: [{ extensions: { code: 'BAD_INPUT' } }],
    });
    expect(await set(account.password, 'short')).toMatchObject({
      errors: [{ extensions: { code: 'BAD_INPUT' } }],
    });
    expect(await set(account.password, 'a newer password')).toEqual({
      data: { setPassword: { name: 'Ada' } },
    });
    const byToken = await api.fail(
      'mutation { setPassword(input: { password: "a newer password" }) { name } }',
    );
    expect(byToken.extensions.code).toBe('FORBIDDEN');
    expect((await post('/sign-in/email', account)).status).toBe(401);
  });

  it('are closed for a while after many wrong passwords, and the log knows', async () => {
    // From many addresses, as an attacker has them: the limit is on the account.
    const guess = () => post('/sign-in/email', { email: account.email, password: 'a wrong guess' });
    const statuses: number[] = [];
    for (let i = 0; i < 14; i++) {
      await api.platform.db.prisma.rateLimit.deleteMany();
      statuses.push((await guess()).status);
    }
    expect(statuses.slice(0, 3)).toEqual([401, 401, 401]);
    expect(statuses.at(-1)).toBe(429);
    await api.platform.db.prisma.rateLimit.deleteMany();
    const right = { email: account.email, password: 'a newer password' };
    expect((await post('/sign-in/email', right)).status).toBe(429);
    const { auditLog } = await api.ask(
      '{ auditLog(action: "signInFailed", first: 1) { nodes { user { id } subject byToken ip } } }',
    );
    expect(auditLog.nodes).toEqual([
      { user: null, subject: account.email, byToken: false, ip: '127.0.0.1' },
    ]);
  });

  it('cannot be tried without end from one address', async () => {
    await api.platform.db.prisma.rateLimit.deleteMany();
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) {
      const body = { email: `somebody-${i}@example.org`, password: 'a guess of mine' };
      // A forged address of the client changes nothing.
      const forged = { 'x-forwarded-for': `10.0.0.${i}`, 'x-blockwise-address': `10.0.1.${i}` };
      statuses.push((await post('/sign-in/email', body, forged)).status);
    }
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
  });

  it('are not made or used by pages of others', async () => {
    const evil = { origin: 'https://evil.example.org' };
    expect((await post('/sign-in/email', account, evil)).status).toBe(403);
  });

  it.each(['/get-session', '/list-sessions', '/update-user', '/delete-user', '/change-email'])(
    'cannot be reached by %s of the library',
    async (path) => {
      expect((await post(path, {})).status).toBe(404);
    },
  );
});

describe('tokens', () => {
  const making = /* GraphQL */ `
    mutation ($scopes: [TokenScope!]!, $team: ID, $days: Int) {
      createToken(input: { name: "test", scopes: $scopes, team: $team, days: $days }) {
        secret token { id name prefix scopes team { name } revokedAt lastUsedAt }
      }
    }
  `;

  it('are shown once, kept as a hash, and end when somebody revokes them', async () => {
    const { createToken } = await api.ask(making, { scopes: ['READ'] });
    const { secret, token } = createToken;
    expect(secret).toMatch(/^bw_[\w-]{43}$/);
    expect(secret.startsWith(token.prefix)).toBe(true);
    const stored = await api.platform.db.prisma.$queryRaw<{ text: string }[]>`
      SELECT token::text AS text FROM token`;
    expect(JSON.stringify(stored)).not.toContain(secret);
    const { viewer } = await api.as(secret).ask(whoAmI);
    expect(viewer).toMatchObject({ scopes: ['READ'], token: { name: 'test' } });
    const revoke = `mutation { revokeToken(input: { token: "${token.id}" }) { revokedAt } }`;
    expect((await api.ask(revoke)).revokeToken.revokedAt).not.toBeNull();
    expect((await api.as(secret).fail(whoAmI)).extensions.code).toBe('UNAUTHENTICATED');
  });

  it('end by themselves', async () => {
    const { createToken } = await api.ask(making, { scopes: ['READ'] });
    await api.platform.db.prisma.token.updateMany({
      where: { prefix: createToken.token.prefix },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect((await api.as(createToken.secret).fail(whoAmI)).extensions.code).toBe('UNAUTHENTICATED');
  });

  it('make none that may do more or last longer than themselves', async () => {
    const { createToken } = await api.ask(making, { scopes: ['ADMIN'], days: 10 });
    const own = api.as(createToken.secret);
    const cases = [
      [{ scopes: ['WRITE'] }, 'FORBIDDEN'],
      [{ scopes: ['ADMIN'], days: 20 }, 'FORBIDDEN'],
      [{ scopes: [] }, 'BAD_INPUT'],
      [{ scopes: ['ADMIN'], days: 0 }, 'BAD_INPUT'],
      [{ scopes: ['ADMIN'], days: 367 }, 'BAD_INPUT'],
      [{ scopes: ['TRAIN', 'ADMIN'] }, 'BAD_INPUT'],
    ] as const;
    for (const [variables, code] of cases) {
      expect((await own.fail(making, variables)).extensions.code, JSON.stringify(variables)).toBe(
        code,
      );
    }
    expect((await own.ask(making, { scopes: ['ADMIN'], days: 5 })).createToken.secret).toBeTruthy();
  });

  it('of one team are nobody in another', async () => {
    const { createTeam } = await api.ask(
      'mutation { createTeam(input: { name: "one" }) { id viewerRole } }',
    );
    const { createToken } = await api.ask(making, {
      scopes: ['READ', 'WRITE', 'ADMIN'],
      team: createTeam.id,
    });
    const own = api.as(createToken.secret);
    const { viewer } = await own.ask(
      '{ viewer { memberships { team { name } } user { isOperator } } }',
    );
    expect(viewer.memberships).toEqual([{ team: { name: 'one' } }]);
    expect((await own.fail('{ auditLog { totalCount } }')).extensions.code).toBe('FORBIDDEN');
    const link = await own.fail('mutation { createSignInLink(input: {}) { url } }');
    expect(link.extensions.code).toBe('FORBIDDEN');
    // What it makes stays in its team.
    const made = (await own.ask(making, { scopes: ['READ'] })).createToken;
    expect(made.token.team).toEqual({ name: 'one' });
  });

  it('are refused where they cannot be meant', async () => {
    for (const authorization of ['Bearer', 'Basic abc', 'Bearer bw_unknown', 'bw_unknown']) {
      const response = await fetch(api.server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query: '{ serverInfo { name } }' }),
      });
      const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
      expect(errors[0]?.extensions.code, authorization).toBe('UNAUTHENTICATED');
    }
  });
});

describe('the audit log', () => {
  it('has every mutation that worked, with who, what, where and the request', async () => {
    const { createTeam } = await api.ask('mutation { createTeam(input: { name: "log" }) { id } }');
    const rename = `mutation { renameTeam(input: { team: "${createTeam.id}", name: "log 2" }) { name } }`;
    const { headers } = await api.post(rename);
    await api.fail('mutation { renameTeam(input: { team: "nonsense", name: "x" }) { name } }');
    const { team } = await api.ask(
      `{ team(id: "${createTeam.id}") { auditLog { totalCount nodes { action subject byToken ip requestId user { name } } } } }`,
    );
    expect(team.auditLog).toEqual({
      totalCount: 1,
      nodes: [
        {
          action: 'renameTeam',
          subject: createTeam.id,
          byToken: true,
          ip: '127.0.0.1',
          requestId: headers.get('x-request-id'),
          user: { name: 'Owner' },
        },
      ],
    });
  });
});
