import { createToken, revokeToken } from '@blockwise/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringPeople, type People } from '../testing/people.ts';
import { connectTo, startTestApi, type TestApi } from '../testing/test-api.ts';
import { startSearch } from '../testing/test-search.ts';

const query = `subscription ($id: ID!) { searchEvents(search: $id) { cursor } }`;

describe('a subscription looks again what its reader may see', () => {
  let api: TestApi;
  let people: People;
  let id: string;

  beforeAll(async () => {
    api = await startTestApi({ recheckSeconds: 0.05 });
    id = await startSearch(api);
    people = await bringPeople(api.platform.db);
  });
  afterAll(() => api.close());

  /** Waits for the first payload, then for whatever ends the subscription. */
  async function followUntilRefused(token: string | null, change: () => Promise<unknown>) {
    const client = connectTo(api.server, token);
    const pages = client.iterate({ query, variables: { id } });
    expect((await pages.next()).value).toHaveProperty('data.searchEvents.cursor');
    const next = pages.next();
    await change();
    const end = await next.then(
      ({ value }) => value?.errors,
      (errors: unknown) => errors,
    );
    await client.dispose();
    return end;
  }

  it('ends when its token is revoked, though nothing happens in the search', async () => {
    const { db } = api.platform;
    const { token, secret } = await createToken(db, {
      userId: people.users.owner,
      teamId: null,
      name: 'to be revoked',
      scopes: ['READ'],
      expiresAt: new Date(Date.now() + 3600_000),
    });
    const end = await followUntilRefused(secret, () => revokeToken(db, token.id));
    expect(end).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('ends when its reader has left the team', async () => {
    const { prisma } = api.platform.db;
    const end = await followUntilRefused(people.tokens.viewer, () =>
      prisma.membership.deleteMany({ where: { userId: people.users.viewer } }),
    );
    expect(end).toMatchObject([{ extensions: { code: 'NOT_FOUND', path: ['search'] } }]);
    expect(api.server.subscriptionCount()).toBe(0);
  });
});
