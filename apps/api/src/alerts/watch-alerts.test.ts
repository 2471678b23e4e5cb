import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { settleAlerts } from '@blockwise/db';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startReceiver } from '../testing/receiver.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { lowDisk } from './disk-low.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({
    monitorSeconds: 1,
    webhooks: { allowPrivate: true, retryMilliseconds: [] },
  });
});
afterAll(() => api.close());

test('an operator’s webhook receives that a trainer is lost, signed as any other message', async () => {
  const receiver = await startReceiver();
  await api.ask(
    'mutation ($url: String!) { createWebhook(input: { url: $url, events: [TRAINER_LOST] }) { secret } }',
    { url: receiver.url },
  );
  await api.platform.db.prisma.trainer.create({
    data: {
      ...{ id: randomUUID(), name: 'node 7', engine: 'wasm', device: 'CPU' },
      lastSeen: new Date(Date.now() - 200_000),
    },
  });
  const message = await vi.waitFor(() => {
    const [first] = receiver.received;
    if (first === undefined) throw new Error('nothing came');
    return JSON.parse(first.body);
  }, 20_000);
  expect(message).toMatchObject({
    type: 'TRAINER_LOST',
    data: { state: 'BEGAN', name: 'node 7', engine: 'wasm', device: 'CPU' },
  });
  await receiver.close();
});

test('who does not run the server makes no webhook for what concerns all of it', async () => {
  const { db } = api.platform;
  await db.prisma.user.updateMany({ data: { isOperator: false } });
  const events = (list: string) =>
    `mutation { createWebhook(input: { url: "https://example.org", events: [${list}] }) { webhook { id failingSince } } }`;
  const { extensions } = await api.fail(events('SEARCH_STALLED, DISK_LOW'));
  expect(extensions).toMatchObject({ code: 'FORBIDDEN', path: ['events'] });
  const { createWebhook } = await api.ask(events('SEARCH_STALLED'));
  expect(createWebhook.webhook.failingSince).toBeNull();
  await db.prisma.user.updateMany({ data: { isOperator: true } });
});

test('a disk tells for its own machine alone', async () => {
  const { db } = api.platform;
  const now = await lowDisk('/');
  expect(now.lasts?.('another machine')).toBe(true);
  const told = {
    ...({ event: 'DISK_LOW', state: 'BEGAN', host: hostname() } as const),
    ...{ freeBytes: 1, sizeBytes: 100 },
  };
  const wrong = [{ subject: hostname(), teamId: null, told }];
  expect(await settleAlerts(db, { ...now, wrong })).toMatchObject([{ state: 'BEGAN' }]);
  const full = { ...now, lasts: () => true, wrong: [] };
  expect(await settleAlerts(db, full)).toEqual([]);
  const roomy = { ...now, lasts: () => false, wrong: [] };
  expect(await settleAlerts(db, roomy)).toMatchObject([{ state: 'ENDED' }]);
});
