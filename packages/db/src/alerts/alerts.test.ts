import { randomUUID } from 'node:crypto';
import { alertEvents } from '@blockwise/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureOwner } from '../accounts/users.ts';
import { retryJob } from '../steering/retry-job.ts';
import { localTeamId } from '../team.ts';
import {
  openTestPlatform,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  testTrainer,
} from '../testing/index.ts';
import { seeTrainer } from '../trainers.ts';
import { createWebhook } from '../webhooks/webhooks.ts';
import { divergedSearches, growingQueue, lostTrainers, stalledSearches } from './look.ts';
import { settleAlerts, type WrongNow } from './settle-alerts.ts';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await openTestPlatform();
  // One of an operator, and one of nobody any more.
  const { owner } = await ensureOwner(platform.db);
  for (const createdById of [owner.id, null]) {
    await createWebhook(platform.db, {
      id: randomUUID(),
      teamId: localTeamId,
      url: `https://example.org/${createdById === null ? 'team' : 'operator'}`,
      events: [...alertEvents],
      sealedSecret: 'x',
      createdById,
    });
  }
});
afterEach(() => platform.close());

/** What six processes that look at once told, and to whom, since the last time. */
async function told(look: () => Promise<WrongNow>): Promise<string[]> {
  const { db } = platform;
  const looks = Array.from({ length: 6 }, async () => settleAlerts(db, await look()));
  const changes = (await Promise.all(looks)).flat();
  const rows = await db.prisma.webhookDelivery.findMany({ include: { webhook: true } });
  await db.prisma.webhookDelivery.deleteMany();
  const messages = rows.map(({ event, payload, webhook }) => {
    const { state } = payload as { state: string };
    return `${event} ${state} ${new URL(webhook.url).pathname.slice(1)}`;
  });
  // Whoever told it knows, and nobody else.
  expect(changes.length).toBe(new Set(messages.map((text) => text.replace(/ \w+$/, ''))).size);
  return messages.sort();
}

test('a lost trainer is told of once, to operators, and once when one of its name is back', async () => {
  const { db } = platform;
  const look = () => lostTrainers(db);
  await seeTrainer(db, testTrainer);
  expect(await told(look)).toEqual([]);
  await db.prisma.trainer.updateMany({ data: { lastSeen: new Date(Date.now() - 200_000) } });
  expect(await told(look)).toEqual(['TRAINER_LOST BEGAN operator']);
  expect(await told(look)).toEqual([]);
  await seeTrainer(db, { ...testTrainer, id: 'another process' });
  expect(await told(look)).toEqual(['TRAINER_LOST ENDED operator']);
  expect(await told(look)).toEqual([]);
});

test('a drained trainer that goes is not lost', async () => {
  const { db } = platform;
  await seeTrainer(db, testTrainer);
  const silent = { lastSeen: new Date(Date.now() - 200_000), isDraining: true };
  await db.prisma.trainer.updateMany({ data: silent });
  expect(await told(() => lostTrainers(db))).toEqual([]);
});

test('a search stalls while its running job tells nothing, and whose team hears of it', async () => {
  const { db } = platform;
  const search = await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const look = () => stalledSearches(db, 900);
  expect(await told(look)).toEqual([]);
  const then = new Date(Date.now() - 901_000);
  await db.prisma.run.updateMany({ data: { startedAt: then } });
  expect(await told(look)).toEqual(['SEARCH_STALLED BEGAN operator', 'SEARCH_STALLED BEGAN team']);
  await attempt.progress({ done: 1, total: 2, unit: 'steps', perSecond: null, note: null });
  expect(await told(look)).toEqual(['SEARCH_STALLED ENDED operator', 'SEARCH_STALLED ENDED team']);
  await db.prisma.job.updateMany({ data: { progressAt: then } });
  await db.prisma.search.update({ where: { id: search.id }, data: { visibility: 'PRIVATE' } });
  expect(await told(look)).toEqual([]);
});

test('a search that diverged is told of until somebody retries it', async () => {
  const { db, queue } = platform;
  await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  await attempt.fail({ code: 'DIVERGED', message: 'loss became NaN' }, { retry: false });
  const look = () => divergedSearches(db);
  expect(await told(look)).toContain('SEARCH_DIVERGED BEGAN team');
  expect(await told(look)).toEqual([]);
  await retryJob(db, queue, attempt.job.id);
  expect(await told(look)).toContain('SEARCH_DIVERGED ENDED team');
});

test('a queue grows when it doubles within an hour, and until nobody waits so long', async () => {
  const { db } = platform;
  const look = () => growingQueue(db);
  for (let i = 0; i < 20; i++) await startTestSearch(platform);
  expect(await told(look)).toEqual([]);
  const age = (count: number) => db.prisma.$executeRaw`
    UPDATE job SET created_at = now() - interval '2 hours'
    WHERE id IN (SELECT id FROM job ORDER BY id LIMIT ${count})`;
  await age(10);
  expect(await told(look)).toEqual(['QUEUE_GROWING BEGAN operator']);
  await age(15);
  expect(await told(look)).toEqual([]);
  await db.prisma.$executeRaw`UPDATE job SET created_at = now()`;
  expect(await told(look)).toEqual(['QUEUE_GROWING ENDED operator']);
});
