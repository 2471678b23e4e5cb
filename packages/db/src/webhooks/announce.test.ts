import { randomUUID } from 'node:crypto';
import { auditSpec, type WebhookEvent } from '@blockwise/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAudit } from '../follow-up/start-audit.ts';
import { cancelSearch } from '../steering/cancel-search.ts';
import { localTeamId } from '../team.ts';
import {
  openTestPlatform,
  plannedNetworks,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
} from '../testing/index.ts';
import { announce } from './announce.ts';
import { toDeliveryRow } from './from-rows.ts';
import { createWebhook, updateWebhook } from './webhooks.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(async () => {
  await platform.close();
});

async function webhookFor(
  events: readonly WebhookEvent[],
  more: { teamId?: string } = {},
): Promise<string> {
  const { id } = await createWebhook(platform.db, {
    id: randomUUID(),
    teamId: localTeamId,
    url: 'https://example.org/hook',
    sealedSecret: 'sealed',
    createdById: null,
    ...more,
    events,
  });
  return id;
}

/** What a webhook was told, in order. */
async function toldTo(webhookId: string) {
  const rows = await platform.db.prisma.webhookDelivery.findMany({
    where: { webhookId },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => toDeliveryRow(row).announcement);
}

test('a search tells what it was asked to tell, once, with its figures', async () => {
  const all = await webhookFor(['SEARCH_COMPLETE', 'SEARCH_FAILED', 'NETWORK_TESTED']);
  const few = await webhookFor(['SEARCH_FAILED']);
  const off = await webhookFor(['SEARCH_COMPLETE']);
  await updateWebhook(platform.db, off, { active: false });
  const other = await platform.db.prisma.team.create({ data: { name: 'others' } });
  const elsewhere = await webhookFor(['SEARCH_COMPLETE'], { teamId: other.id });

  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'end');

  const told = await toldTo(all);
  expect(told).toEqual([
    expect.objectContaining({ event: 'NETWORK_TESTED', searchId: search.id, top1: 0.7 }),
    expect.objectContaining({ event: 'NETWORK_TESTED', searchId: search.id, top1: 0.75 }),
    { event: 'SEARCH_COMPLETE', searchId: search.id, name: 'two blocks', failure: null },
  ]);
  expect(await toldTo(few)).toEqual([]);
  expect(await toldTo(off)).toEqual([]);
  expect(await toldTo(elsewhere)).toEqual([]);
});

test('a failure is told with its cause, a cancellation as such', async () => {
  const webhook = await webhookFor(['SEARCH_FAILED', 'SEARCH_CANCELLED']);
  const failing = await startTestSearch(platform);
  const failure = { code: 'DIVERGED', message: 'loss is NaN at step 3.' } as const;
  await (await takeAttempt(platform, 'teacher')).fail(failure, { retry: false });
  const cancelled = await startTestSearch(platform);
  await cancelSearch(platform.db, platform.queue, cancelled.id);
  expect(await toldTo(webhook)).toEqual([
    { event: 'SEARCH_FAILED', searchId: failing.id, name: 'two blocks', failure },
    { event: 'SEARCH_CANCELLED', searchId: cancelled.id, name: 'two blocks', failure: null },
  ]);
});

test('an audit is told when it is complete', async () => {
  const webhook = await webhookFor(['AUDIT_COMPLETE']);
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'end');
  const audit = await startAudit(platform.db, platform.queue, {
    searchId: search.id,
    spec: auditSpec.parse({ networks: 4, training: {} }),
    networks: plannedNetworks(4),
  });
  await playUntil(platform, search, 'end');
  expect(await toldTo(webhook)).toEqual([
    { event: 'AUDIT_COMPLETE', searchId: search.id, auditId: audit.id, name: audit.name },
  ]);
});

test('what is private is told to nobody', async () => {
  const webhook = await webhookFor(['SEARCH_COMPLETE', 'NETWORK_TESTED']);
  const [search, shown] = [await startTestSearch(platform), await startTestSearch(platform)];
  const { prisma } = platform.db;
  const hide = { visibility: 'PRIVATE' } as const;
  await prisma.search.update({ where: { id: search.id }, data: hide });
  await playUntil(platform, search, 'end');
  expect(await toldTo(webhook)).toEqual([]);

  // A private network of a search that the team sees.
  await playUntil(platform, shown, 'retrain');
  await prisma.network.updateMany({ where: { searchId: shown.id, rank: 1 }, data: hide });
  await playUntil(platform, shown, 'end');
  const told = await toldTo(webhook);
  expect(told.map(({ event }) => event)).toEqual(['NETWORK_TESTED', 'SEARCH_COMPLETE']);
});

test('what was rolled back is told to nobody', async () => {
  const webhook = await webhookFor(['PING']);
  const rolledBack = platform.db.prisma.$transaction(async (tx) => {
    await announce(tx, localTeamId, { event: 'PING', webhookId: webhook });
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');
  expect(await toldTo(webhook)).toEqual([]);
});
