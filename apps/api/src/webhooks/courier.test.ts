import { randomUUID } from 'node:crypto';
import { createWebhook, localTeamId, ping, readDelivery, updateWebhook } from '@blockwise/db';
import { openTestPlatform, type TestPlatform } from '@blockwise/db/testing';
import { Webhook as Signer } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { encodeGlobalId } from '../schema/global-id.ts';
import { type Receiver, startReceiver } from '../testing/receiver.ts';
import { type Courier, type CourierOptions, openCourier } from './courier.ts';
import { newWebhookSecret, openSecretBox } from './secret-box.ts';

const box = openSecretBox('a secret of the tests, long enough');
let platform: TestPlatform;
let open: { close(): Promise<void> }[];
beforeEach(async () => {
  open = [];
  platform = await openTestPlatform();
});
afterEach(async () => {
  for (const each of open.reverse()) await each.close();
  await platform.close();
});

async function receiver(answer?: Parameters<typeof startReceiver>[0]): Promise<Receiver> {
  const started = await startReceiver(answer);
  open.push(started);
  return started;
}

function courier(more: Partial<CourierOptions> = {}): Courier {
  const opened = openCourier(platform.db, box, {
    allowPrivate: true,
    retryMilliseconds: [5, 5],
    timeoutMilliseconds: 2000,
    pollMilliseconds: 5,
    onError: (error) => platform.errors.push(error),
    ...more,
  });
  open.push(opened);
  return opened;
}

async function webhookTo(url: string, secretBox = box): Promise<{ id: string; secret: string }> {
  const [id, secret] = [randomUUID(), newWebhookSecret()];
  await createWebhook(platform.db, {
    id,
    teamId: localTeamId,
    url,
    events: [],
    sealedSecret: secretBox.seal(id, secret),
    createdById: null,
  });
  return { id, secret };
}

function settled(id: string) {
  return vi.waitFor(
    async () => {
      const row = await readDelivery(platform.db, id);
      if (row === null || row.state === 'PENDING') throw new Error('not settled yet');
      return row;
    },
    { timeout: 20_000, interval: 10 },
  );
}

test('after failures it is tried again with the same id and body, until it is received', async () => {
  const { url, received } = await receiver((response, before) => {
    response.writeHead(before < 2 ? 500 : 200).end('busy');
  });
  const { id: hook, secret } = await webhookTo(url);
  const { id } = await ping(platform.db, hook);
  courier();
  expect(await settled(id)).toMatchObject({
    state: 'DELIVERED',
    attempts: 3,
    lastStatus: 200,
    lastError: null,
    nextAttemptAt: null,
    deliveredAt: expect.any(Date),
  });
  expect(received).toHaveLength(3);
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  for (const { body, headers } of received) {
    const message = new Signer(secret).verify(body, headers as Record<string, string>);
    expect(message).toMatchObject({ id: headers['webhook-id'], type: 'PING' });
  }
});

test('after the last attempt it is given up, with what was answered', async () => {
  const { url, received } = await receiver((response) => {
    response.writeHead(503).end('busy');
  });
  const { id } = await ping(platform.db, (await webhookTo(url)).id);
  courier();
  expect(await settled(id)).toMatchObject({
    state: 'FAILED',
    attempts: 3,
    lastStatus: 503,
    lastError: 'HTTP 503: busy',
    nextAttemptAt: null,
    deliveredAt: null,
  });
  expect(received).toHaveLength(3);
});

test('private addresses are refused unless they are allowed', async () => {
  const { url, received } = await receiver();
  const { id } = await ping(platform.db, (await webhookTo(url)).id);
  courier({ allowPrivate: false, retryMilliseconds: [] });
  expect(await settled(id)).toMatchObject({
    state: 'FAILED',
    lastStatus: null,
    lastError: 'The address is not on the public internet, and refused.',
  });
  expect(received).toEqual([]);
});

test('several couriers deliver every message once', async () => {
  const { url, received } = await receiver();
  const { id: hook } = await webhookTo(url);
  const sent: string[] = [];
  for (let i = 0; i < 30; i++) sent.push((await ping(platform.db, hook)).id);
  for (let i = 0; i < 3; i++) courier();
  for (const id of sent) expect(await settled(id)).toMatchObject({ attempts: 1 });
  expect(received).toHaveLength(30);
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(30);
});

test('an address that does not answer holds up no other', async () => {
  const silent = await receiver(() => undefined);
  const { id: slow } = await webhookTo(silent.url);
  for (let i = 0; i < 40; i++) await ping(platform.db, slow);
  const { url } = await receiver();
  const { id } = await ping(platform.db, (await webhookTo(url)).id);
  courier({ timeoutMilliseconds: 10_000 });
  expect(await settled(id)).toMatchObject({ state: 'DELIVERED' });
  expect(silent.received.length).toBeLessThanOrEqual(4);
  // So that closing does not wait for the silent one.
  await updateWebhook(platform.db, slow, { active: false });
  await silent.close();
  open.splice(open.indexOf(silent), 1);
});

test('a secret that another key encrypted is an entry in the log', async () => {
  const { url, received } = await receiver();
  const other = openSecretBox('another secret, also long enough');
  const { id } = await ping(platform.db, (await webhookTo(url, other)).id);
  courier();
  expect(await settled(id)).toMatchObject({
    state: 'FAILED',
    lastError: expect.stringContaining('cannot be decrypted'),
  });
  expect(received).toEqual([]);
});

test('closing waits for what is under way', async () => {
  const { url, received } = await receiver((response) => {
    setTimeout(() => response.writeHead(200).end(), 100);
  });
  const { id } = await ping(platform.db, (await webhookTo(url)).id);
  const one = courier();
  await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 10_000, interval: 5 });
  await one.close();
  expect(await readDelivery(platform.db, id)).toMatchObject({ state: 'DELIVERED' });
});

test('whose address has failed for days is switched off, as the audit log of the team says', async () => {
  const { db } = platform;
  const { id } = await webhookTo('https://example.org/gone');
  const failingSince = new Date(Date.now() - 4 * 24 * 3600_000);
  await db.prisma.webhook.update({ where: { id }, data: { failingSince } });
  courier();
  const line = await vi.waitFor(async () =>
    db.prisma.activity.findFirstOrThrow({ where: { action: 'webhookSwitchedOff' } }),
  );
  expect(line).toMatchObject({
    ...{ teamId: localTeamId, userId: null, subject: encodeGlobalId('Webhook', id) },
    details: { failingSince: failingSince.toISOString() },
  });
  expect((await db.prisma.webhook.findUniqueOrThrow({ where: { id } })).active).toBe(false);
});
