import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../testing/send.ts';
import { startTestApi, type TestApi, testOrigin } from '../testing/test-api.ts';

/* OWASP GraphQL cheat sheet: batching attacks. Many guesses or changes in one request. */

describe('batching', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const times = (n: number, each: (i: number) => string) =>
    Array.from({ length: n }, (_, i) => each(i)).join(' ');

  it('a list of operations in one request is refused', async () => {
    const one = { query: '{ serverInfo { name } }' };
    const headers = { Authorization: `Bearer ${api.token}` };
    for (const body of [[one, one], [one], []]) {
      const { status, errors } = await send(api.server.url, { body, headers });
      expect([status, errors[0]?.extensions.code]).toEqual([400, 'BAD_INPUT']);
    }
  });

  it('a mutation under many names makes few changes, or none', async () => {
    const { db } = api.platform;
    const teams = (n: number) =>
      `mutation { ${times(n, (i) => `t${i}: createTeam(input: { name: "T${i}" }) { id }`)} }`;
    const before = await db.prisma.team.count();
    expect((await api.fail(teams(11))).extensions.code).toBe('TOO_COMPLEX');
    expect(await db.prisma.team.count()).toBe(before);
    await api.ask(teams(10));
    expect(await db.prisma.team.count()).toBe(before + 10);
  });

  it('a password is guessed once per operation', async () => {
    const guess = (i: number) =>
      `g${i}: setPassword(input: { current: "guess ${i}", password: "a new password" }) { id }`;
    const one = await api.fail(`mutation { ${guess(1)} }`);
    expect(one.extensions.code).not.toBe('TOO_COMPLEX');
    const two = await api.fail(`mutation { ${guess(1)} ${guess(2)} }`);
    expect(two.extensions.code).toBe('TOO_COMPLEX');
  });

  it('signing in is tried ten times in a minute', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      const { status } = await send(new URL('/auth/sign-in/email', api.server.url).href, {
        body: { email: 'owner@blockwise.local', password: `guess number ${i}` },
        headers: { Origin: testOrigin },
      });
      statuses.push(status);
    }
    expect(statuses.slice(0, 10).every((status) => status === 401)).toBe(true);
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  it('signing in is not to be had over GraphQL, where it could be put under many names', async () => {
    const { errors } = await api
      .as(null)
      .post('mutation { signIn(input: { email: "a", password: "b" }) { id } }');
    expect(errors[0]?.extensions.code).toBe('BAD_INPUT');
    expect(errors[0]?.message).toBe('Cannot query field "signIn" on type "Mutation".');
  });
});
