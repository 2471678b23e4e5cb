import { createToken, revokeToken, seeTrainer } from '@blockwise/db';
import { takeAttempt, testTrainer } from '@blockwise/db/testing';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bringPeople, type People } from '../testing/people.ts';
import { connectTo, type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { startSearch } from '../testing/test-search.ts';

let api: TestApi;
let people: People;
beforeAll(async () => {
  api = await startTestApi({ recheckSeconds: 0.05, monitorSeconds: 1 });
  await startSearch(api);
  people = await bringPeople(api.platform.db);
});
afterAll(() => api.close());

const fields = 'cursor trainers { name device state jobs { kind } }';
const poll = `query ($after: String, $first: Int! = 100) {
  trainersChanged(after: $after, first: $first) { ${fields} } }`;
const query = `subscription ($after: String) { trainersChanged(after: $after) { ${fields} } }`;

const see = (id: string, more = {}) =>
  seeTrainer(api.platform.db, { ...testTrainer, id, name: id, ...more });

/** Payloads of a subscription. */
function follow(client: Client, after?: string) {
  const payloads = client.iterate({ query, variables: { after } });
  return {
    async next(): Promise<Data> {
      const { value } = await payloads.next();
      expect(value?.errors).toBeUndefined();
      return (value?.data as Data)?.trainersChanged;
    },
    stop: () => payloads.return?.(),
  };
}

it('tells what trainers do, whichever process is asked, and goes on after a cursor', async () => {
  await see('first');
  const other = await api.startAnother();
  const { owner } = people.tokens;
  const [here, there] = [connectTo(api.server, owner), connectTo(other, owner)];
  const followers = [follow(here), follow(there)];
  const heard = await Promise.all(followers.map((each) => each.next()));
  for (const { trainers } of heard) {
    expect(trainers).toEqual([{ name: 'first', device: '2 CPU slots', state: 'IDLE', jobs: [] }]);
  }

  const next = Promise.all(followers.map((each) => each.next()));
  await takeAttempt(api.platform, 'teacher', { ...testTrainer, id: 'second', name: 'second' });
  const busy = { name: 'second', state: 'BUSY', jobs: [{ kind: 'TEACHER' }] };
  const [told] = await next;
  for (const { trainers } of await next) expect(trainers).toMatchObject([busy]);
  await Promise.all(followers.map((each) => each.stop()));

  await see('first', { device: 'H200' });
  await see('third');
  const changed = [{ name: 'first', device: 'H200' }, { name: 'third' }];
  const resumed = follow(there, told?.cursor);
  const missed = await resumed.next();
  expect(missed.trainers).toMatchObject(changed);
  await resumed.stop();
  const { trainersChanged: polled } = await api.ask(poll, { after: told?.cursor });
  expect(polled.trainers).toEqual(missed.trainers);
  const { trainersChanged: nothing } = await api.ask(poll, { after: polled.cursor });
  expect(nothing).toEqual({ trainers: [], cursor: polled.cursor });
  const { trainersChanged: page } = await api.ask(poll, { after: told?.cursor, first: 1 });
  expect(page.trainers).toMatchObject([{ name: 'first' }]);
  const { trainersChanged: rest } = await api.ask(poll, { after: page.cursor, first: 1 });
  expect(rest.trainers).toMatchObject([{ name: 'third' }]);
  await Promise.all([here.dispose(), there.dispose()]);
});

it('tells that a trainer has fallen silent, once, and that it is back', async () => {
  const { prisma } = api.platform.db;
  await see('quiet');
  const { trainersChanged: now } = await api.ask(poll);
  const client = connectTo(api.server, api.token);
  const following = follow(client, now.cursor);
  const next = following.next();
  const lastSeen = new Date(Date.now() - 181_000);
  await prisma.trainer.update({ where: { id: 'quiet' }, data: { lastSeen } });
  expect((await next).trainers).toMatchObject([{ name: 'quiet', state: 'LOST' }]);
  // A silence told twice would come between.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await see('quiet');
  expect((await following.next()).trainers).toMatchObject([{ name: 'quiet', state: 'IDLE' }]);
  await following.stop();
  await client.dispose();
});

it('shows jobs to those only who may see them, and nothing to strangers', async () => {
  const { trainersChanged } = await api.as(people.tokens.outsider).ask(poll);
  expect(trainersChanged.trainers).toContainEqual(
    expect.objectContaining({ name: 'second', state: 'BUSY', jobs: [] }),
  );
  expect((await api.as(null).fail(poll)).extensions.code).toBe('UNAUTHENTICATED');
  const client = connectTo(api.server, null);
  await expect(client.iterate({ query }).next()).resolves.toMatchObject({
    value: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
  });
  await client.dispose();
});

it('ends when its token is revoked, though nothing happens', async () => {
  const { db } = api.platform;
  const { token, secret } = await createToken(db, {
    ...{ userId: people.users.outsider, teamId: null, name: 'to be revoked', scopes: ['READ'] },
    expiresAt: new Date(Date.now() + 3600_000),
  });
  const client = connectTo(api.server, secret);
  const payloads = client.iterate({ query });
  await payloads.next();
  const end = payloads.next().then(
    ({ value }) => value?.errors,
    (errors: unknown) => errors,
  );
  await revokeToken(db, token.id);
  expect(await end).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  await client.dispose();
});

it.each([
  [{ after: 'x' }, ['after']],
  [{ first: 0 }, ['first']],
  [{ first: 1001 }, ['first']],
])('refuses %j', async (variables, path) => {
  const error = await api.fail(poll, variables);
  expect(error.extensions).toMatchObject({ code: 'BAD_INPUT', path });
});

it('refuses to follow from what is no cursor', async () => {
  const client = connectTo(api.server, api.token);
  const { value } = await client.iterate({ query, variables: { after: 'x' } }).next();
  expect(value?.errors).toMatchObject([{ extensions: { code: 'BAD_INPUT', path: ['after'] } }]);
  await client.dispose();
});
