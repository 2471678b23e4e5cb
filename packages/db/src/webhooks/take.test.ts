import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localTeamId } from '../team.ts';
import { openTestPlatform, type TestPlatform } from '../testing/index.ts';
import { ping, readDelivery, redeliver } from './deliveries.ts';
import type { TakenDelivery } from './rows.ts';
import { switchOffFailing } from './switch-off.ts';
import { pruneDeliveries, settleDelivery, type TakeDeliveries, takeDeliveries } from './take.ts';
import { createWebhook, rotateWebhookSecret, updateWebhook } from './webhooks.ts';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  await platform.close();
});

async function webhook(): Promise<string> {
  const { id } = await createWebhook(platform.db, {
    id: randomUUID(),
    teamId: localTeamId,
    url: 'https://example.org/hook',
    events: ['PING'],
    sealedSecret: 'first',
    createdById: null,
  });
  return id;
}

function take(more: Partial<TakeDeliveries> = {}): Promise<TakenDelivery[]> {
  return takeDeliveries(platform.db, {
    limit: 100,
    limitPerWebhook: 100,
    without: [],
    leaseSeconds: 60,
    formerSecretSeconds: 60,
    ...more,
  });
}

const delivered = { status: 200, error: null, milliseconds: 5.4, retryInMilliseconds: 0 };
const failed = { status: 500, error: 'HTTP 500', milliseconds: 7, retryInMilliseconds: 0 };

test('twelve takers at once get every message once', async () => {
  const hook = await webhook();
  for (let i = 0; i < 40; i++) await ping(platform.db, hook);
  const takers = Array.from({ length: 12 }, async () => {
    const ids: string[] = [];
    for (;;) {
      const taken = await take({ limit: 3 });
      if (taken.length === 0) return ids;
      ids.push(...taken.map(({ id }) => id));
    }
  });
  const ids = (await Promise.all(takers)).flat();
  expect(ids).toHaveLength(40);
  expect(new Set(ids).size).toBe(40);
});

test('a message whose taker died is given to another when the lease has run out', async () => {
  const { id } = await ping(platform.db, await webhook());
  const [lost] = await take({ leaseSeconds: 0 });
  const [again] = await take();
  expect(await take()).toEqual([]);
  expect([lost?.attempts, again?.attempts]).toEqual([1, 2]);
  // The first one is alive after all: what it says no longer counts.
  await settleDelivery(platform.db, lost as TakenDelivery, {
    ...failed,
    retryInMilliseconds: null,
  });
  expect(await readDelivery(platform.db, id)).toMatchObject({ state: 'PENDING', lastError: null });
  await settleDelivery(platform.db, again as TakenDelivery, delivered);
  expect(await readDelivery(platform.db, id)).toMatchObject({
    state: 'DELIVERED',
    attempts: 2,
    lastStatus: 200,
    lastMilliseconds: 5,
    nextAttemptAt: null,
  });
});

test('a failed message waits, is given up in the end, and can be sent again under its id', async () => {
  const { id } = await ping(platform.db, await webhook());
  const settle = async (retryInMilliseconds: number | null) => {
    const [taken] = await take();
    await settleDelivery(platform.db, taken as TakenDelivery, { ...failed, retryInMilliseconds });
  };
  await settle(0);
  await settle(3_600_000);
  expect(await take()).toEqual([]);
  expect(await readDelivery(platform.db, id)).toMatchObject({ state: 'PENDING', attempts: 2 });
  await redeliver(platform.db, id);
  await settle(null);
  expect(await take()).toEqual([]);
  expect(await readDelivery(platform.db, id)).toMatchObject({
    state: 'FAILED',
    attempts: 1,
    lastStatus: 500,
    lastError: 'HTTP 500',
    nextAttemptAt: null,
  });
  await redeliver(platform.db, id);
  expect((await take()).map((row) => row.id)).toEqual([id]);
});

test('one webhook with many messages leaves room for the others', async () => {
  const [busy, other] = [await webhook(), await webhook()];
  for (let i = 0; i < 10; i++) await ping(platform.db, busy);
  const { id } = await ping(platform.db, other);
  const taken = await take({ limit: 5, limitPerWebhook: 2 });
  expect(taken.map(({ webhookId }) => webhookId).sort()).toEqual([busy, busy, other].sort());
  expect(taken.map((row) => row.id)).toContain(id);
  expect(await take({ without: [busy] })).toEqual([]);
});

test('a webhook that is switched off gives up what is waiting, and takes nothing new', async () => {
  const hook = await webhook();
  const { id } = await ping(platform.db, hook);
  await updateWebhook(platform.db, hook, { active: false });
  expect(await take()).toEqual([]);
  expect(await readDelivery(platform.db, id)).toMatchObject({ state: 'FAILED', attempts: 0 });
  await expect(redeliver(platform.db, id)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(ping(platform.db, hook)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a replaced secret signs beside the new one for a while', async () => {
  const hook = await webhook();
  await rotateWebhookSecret(platform.db, hook, 'second');
  await ping(platform.db, hook);
  expect((await take())[0]?.sealedSecrets).toEqual(['second', 'first']);
  await ping(platform.db, hook);
  expect((await take({ formerSecretSeconds: -1 }))[0]?.sealedSecrets).toEqual(['second']);
});

test('the log forgets what is old and settled', async () => {
  const hook = await webhook();
  const settled = await ping(platform.db, hook);
  await settleDelivery(platform.db, (await take())[0] as TakenDelivery, delivered);
  const waiting = await ping(platform.db, hook);
  expect(await pruneDeliveries(platform.db, 1)).toBe(0);
  expect(await pruneDeliveries(platform.db, -1)).toBe(1);
  expect(await readDelivery(platform.db, settled.id)).toBeNull();
  expect(await readDelivery(platform.db, waiting.id)).not.toBeNull();
});

test('an address that receives nothing for days is switched off, once, and gives up what waits', async () => {
  const { db } = platform;
  const hook = await webhook();
  const row = () => db.prisma.webhook.findUniqueOrThrow({ where: { id: hook } });
  const send = async (outcome: typeof delivered | typeof failed) => {
    await ping(db, hook);
    const [taken] = await take();
    if (taken === undefined) throw new Error('nothing was taken');
    await settleDelivery(db, taken, { ...outcome, retryInMilliseconds: null });
  };
  await send(failed);
  const { failingSince } = await row();
  expect(failingSince).not.toBeNull();
  await send(failed);
  expect((await row()).failingSince).toEqual(failingSince);
  await send(delivered);
  expect((await row()).failingSince).toBeNull();

  await send(failed);
  expect(await switchOffFailing(db, 3)).toEqual([]);
  const waiting = await ping(db, hook);
  const since = new Date(Date.now() - 3 * 24 * 3600_000 - 1000);
  await db.prisma.webhook.update({ where: { id: hook }, data: { failingSince: since } });
  const both = await Promise.all([switchOffFailing(db, 3), switchOffFailing(db, 3)]);
  expect(both.flat()).toEqual([{ id: hook, teamId: localTeamId, failingSince: since }]);
  expect(await row()).toMatchObject({ active: false });
  const { state, lastError } = (await readDelivery(db, waiting.id)) ?? {};
  expect(state).toBe('FAILED');
  expect(lastError).toMatch(/switched off.*3 days/);
  await updateWebhook(db, hook, { active: true });
  expect(await row()).toMatchObject({ active: true, failingSince: null });
});
