import { randomUUID } from 'node:crypto';
import type { TeamRole, TokenScope } from '@blockwise/contracts';
import { createToken, localTeamId } from '@blockwise/db';
import { Webhook as Signer } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Receiver, startReceiver } from '../testing/receiver.ts';
import { type Caller, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playThrough, startSearch } from '../testing/test-search.ts';
import { encodeGlobalId } from './global-id.ts';

const settings = { webhooks: { allowPrivate: true, retryMilliseconds: [] } };
const team = encodeGlobalId('Team', localTeamId);

let api: TestApi;
let receiver: Receiver;
beforeAll(async () => {
  api = await startTestApi(settings);
  receiver = await startReceiver();
});
afterAll(async () => {
  await api.close();
  await receiver.close();
});

const create = `mutation ($input: CreateWebhookInput!) {
  createWebhook(input: $input) { secret webhook { id url events active createdBy { id } } } }`;
const ping = `mutation ($id: ID!) { pingWebhook(input: { webhook: $id }) { id state } }`;
const log = `query ($id: ID!, $filter: WebhookDeliveryFilter, $after: String) { node(id: $id) {
  ... on Webhook { deliveries(filter: $filter, first: 2, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id event state attempts lastStatus lastError message webhook { id } } } } } }`;

async function createWebhook(events: string[], path = randomUUID()) {
  const input = { url: `http://127.0.0.1:${receiver.port}/${path}`, events };
  const { createWebhook: made } = await api.ask(create, { input });
  return { path: `/${path}`, id: made.webhook.id as string, secret: made.secret as string };
}

/** What came in on a path, once there are so many. */
function receivedOn(path: string, count: number) {
  return vi.waitFor(
    () => {
      const on = receiver.received.filter((each) => each.path === path);
      if (on.length < count) throw new Error(`${on.length} of ${count} messages came`);
      return on;
    },
    { timeout: 20_000, interval: 20 },
  );
}

async function somebody(role: TeamRole | null, scopes: TokenScope[]): Promise<Caller> {
  const { id } = await api.platform.db.prisma.user.create({
    data: {
      name: 'somebody',
      email: `${randomUUID()}@example.org`,
      ...(role === null ? {} : { memberships: { create: { teamId: localTeamId, role } } }),
    },
  });
  const { secret } = await createToken(api.platform.db, {
    userId: id,
    teamId: null,
    name: 'test',
    scopes,
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  return api.as(secret);
}

test('a search tells its events, signed, with ids that the API knows', async () => {
  const { path, secret, id } = await createWebhook(['SEARCH_COMPLETE', 'NETWORK_TESTED']);
  const search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
  const received = await receivedOn(path, 3);
  const messages = received.map(
    ({ body, headers }) =>
      new Signer(secret).verify(body, headers as Record<string, string>) as {
        id: string;
        type: string;
        at: string;
        team: string;
        data: Record<string, string>;
      },
  );
  const complete = messages.find(({ type }) => type === 'SEARCH_COMPLETE');
  expect(complete).toEqual({
    id: expect.any(String),
    type: 'SEARCH_COMPLETE',
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    team,
    data: { search, name: 'tiny', failure: null },
  });
  const tested = messages.filter(({ type }) => type === 'NETWORK_TESTED');
  expect(tested.map(({ data }) => data.top1).sort()).toEqual([0.6, 0.7]);
  const { nodes } = await api.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', {
    ids: [complete?.id, tested[0]?.data.network, tested[0]?.data.retraining],
  });
  expect(nodes.map((node: { __typename: string }) => node.__typename)).toEqual([
    'WebhookDelivery',
    'Network',
    'Retraining',
  ]);

  const first = (await api.ask(log, { id })).node.deliveries;
  expect(first.totalCount).toBe(3);
  expect(first.nodes[0]).toMatchObject({
    event: 'SEARCH_COMPLETE',
    attempts: 1,
    message: complete,
    webhook: { id },
  });
  const { endCursor: after } = first.pageInfo;
  const second = (await api.ask(log, { id, after })).node.deliveries;
  expect(second.nodes).toHaveLength(1);
  expect(second.pageInfo.hasNextPage).toBe(false);
  const filter = { event: 'SEARCH_COMPLETE', state: 'DELIVERED' };
  await vi.waitFor(async () => {
    expect((await api.ask(log, { id, filter })).node.deliveries.totalCount).toBe(1);
  });
});

test('two servers deliver every message once', async () => {
  const { path, id } = await createWebhook([]);
  await api.startAnother();
  for (let i = 0; i < 20; i++) await api.ask(ping, { id });
  await receivedOn(path, 20);
  const failed = (await api.ask(log, { id, filter: { state: 'FAILED' } })).node.deliveries;
  expect(failed.totalCount).toBe(0);
  const ids = receiver.received
    .filter((each) => each.path === path)
    .map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(20);
  expect(new Set(ids).size).toBe(20);
});

test('a replaced secret and the new one both verify, and what was delivered can be sent again', async () => {
  const { path, id, secret } = await createWebhook([]);
  const { rotateWebhookSecret } = await api.ask(
    `mutation ($id: ID!) { rotateWebhookSecret(input: { webhook: $id }) { secret webhook { id rotatedAt } } }`,
    { id },
  );
  expect(rotateWebhookSecret.secret).not.toBe(secret);
  expect(rotateWebhookSecret.webhook).toEqual({ id, rotatedAt: expect.any(String) });
  const { pingWebhook } = await api.ask(ping, { id });
  const [one] = await receivedOn(path, 1);
  for (const each of [secret, rotateWebhookSecret.secret]) {
    const message = new Signer(each).verify(
      one?.body ?? '',
      one?.headers as Record<string, string>,
    );
    expect(message).toMatchObject({ type: 'PING', data: { webhook: id } });
  }
  await api.ask(`mutation ($id: ID!) { redeliverWebhook(input: { delivery: $id }) { state } }`, {
    id: pingWebhook.id,
  });
  const [, again] = await receivedOn(path, 2);
  expect(again?.body).toBe(one?.body);
  expect(again?.headers['webhook-id']).toBe(pingWebhook.id);
});

test('a webhook is changed, switched off and deleted; its secret is shown nowhere', async () => {
  const { id, secret } = await createWebhook(['PING']);
  const update = `mutation ($input: UpdateWebhookInput!) {
    updateWebhook(input: $input) { url events active } }`;
  const url = 'https://example.org/hooks?a=1';
  expect(
    await api.ask(update, {
      input: { webhook: id, url, events: ['SEARCH_FAILED'], active: false },
    }),
  ).toEqual({ updateWebhook: { url, events: ['SEARCH_FAILED'], active: false } });
  expect((await api.fail(ping, { id })).extensions.code).toBe('CONFLICT');
  const stored = await api.platform.db.prisma.webhook.findMany();
  expect(JSON.stringify(stored)).not.toContain(secret.slice(6, 30));
  const activities = await api.platform.db.prisma.activity.findMany();
  expect(JSON.stringify(activities)).not.toContain(secret.slice(6, 30));
  await api.ask('mutation ($id: ID!) { deleteWebhook(input: { webhook: $id }) { id } }', { id });
  expect(await api.ask('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({
    node: null,
  });
});

test.each([
  ['nonsense', 'A URL'],
  ['ftp://example.org/', 'https'],
  ['https://me:secret@example.org/', 'name and password'],
  [`https://example.org/${'x'.repeat(2000)}`, 'at most'],
])('the address %s is refused', async (url, words) => {
  const { extensions, message } = await api.fail(create, { input: { url, events: [] } });
  expect(extensions).toMatchObject({ code: 'BAD_INPUT', path: ['url'] });
  expect(message).toContain(words);
});

test('http is refused where private addresses are', async () => {
  const strict = await startTestApi();
  try {
    const input = { url: 'http://example.org/', events: [] };
    expect((await strict.fail(create, { input })).extensions.code).toBe('BAD_INPUT');
    const { createWebhook: made } = await strict.ask(create, {
      input: { url: `https://localhost:${receiver.port}/strict`, events: [] },
    });
    await strict.ask(ping, { id: made.webhook.id });
    await vi.waitFor(
      async () => {
        const { node } = await strict.ask(log, { id: made.webhook.id });
        expect(node.deliveries.nodes[0]).toMatchObject({
          state: 'FAILED',
          lastStatus: null,
          lastError: 'The address is not on the public internet, and refused.',
        });
      },
      { timeout: 20_000, interval: 50 },
    );
    expect(receiver.received.filter(({ path }) => path === '/strict')).toEqual([]);
  } finally {
    await strict.close();
  }
});

test('only maintainers see and change webhooks, by a token with the scope for it', async () => {
  const { id } = await createWebhook([]);
  const { pingWebhook } = await api.ask(ping, { id });
  const maintainer = await somebody('MAINTAINER', ['READ', 'WRITE', 'ADMIN']);
  const list = '{ webhooks(first: 100) { nodes { id } totalCount } }';
  const { webhooks } = await maintainer.ask(list);
  expect(webhooks.nodes.map((webhook: { id: string }) => webhook.id)).toContain(id);
  expect((await maintainer.ask(ping, { id })).pingWebhook.state).toBe('PENDING');

  for (const [role, scopes, code] of [
    ['MAINTAINER', ['READ', 'WRITE'], 'FORBIDDEN'],
    ['MEMBER', ['READ', 'WRITE', 'ADMIN'], 'NOT_FOUND'],
    [null, ['READ', 'WRITE', 'ADMIN'], 'NOT_FOUND'],
  ] as const) {
    const other = await somebody(role, [...scopes]);
    expect((await other.fail(ping, { id })).extensions.code).toBe(code);
    const input = { url: 'https://example.org/', events: [], team };
    expect((await other.fail(create, { input })).extensions.code).toBe('FORBIDDEN');
    expect((await other.fail(list)).extensions.code).toBe('FORBIDDEN');
    const seen = await other.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: [id, pingWebhook.id],
    });
    expect(seen.nodes).toEqual([null, null]);
    const inTeam = await other.post(
      'query ($team: ID!) { team(id: $team) { webhooks { nodes { url } } } }',
      { team },
    );
    expect(inTeam.errors[0]?.extensions.code).toBe('FORBIDDEN');
  }
});
