import { jobKinds, type SearchPriority } from '@blockwise/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readEvents } from '../events.ts';
import { readJob } from '../jobs.ts';
import { readSearch } from '../searches.ts';
import {
  distilResult,
  openTestPlatform,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  teacherResult,
} from '../testing/index.ts';
import { cancelSearch } from './cancel-search.ts';
import { pauseSearch } from './pause-search.ts';
import { resumeSearch } from './resume-search.ts';
import { setPriority } from './set-priority.ts';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

const set = (searchId: string, priority: SearchPriority) =>
  setPriority(platform.db, platform.queue, { searchId, priority });

/** Takes jobs until none waits: what was handed out, in order. */
async function handedOut(names: Record<string, string>): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const delivery = await platform.queue.fetchNext(jobKinds, 'wasm');
    if (delivery === null) return all;
    const job = await readJob(platform.db, delivery.jobId);
    all.push(`${names[job?.searchId ?? '']} ${delivery.kind}`);
  }
}

test('waiting jobs move at once: by search first, by the urgency of their kinds within one', async () => {
  const [low, normal, high] = [
    await startTestSearch(platform),
    await startTestSearch(platform),
    await startTestSearch(platform),
  ];
  expect(normal.priority).toBe('NORMAL');
  for (const _ of [low, normal, high]) {
    await (await takeAttempt(platform, 'teacher')).completeTeacher(teacherResult);
  }
  const distil = await takeAttempt(platform, 'distil');
  expect(distil.search.id).toBe(low.id);
  await distil.completeDistil(distilResult('first'));
  await set(low.id, 'LOW');
  expect(await set(high.id, 'HIGH')).toMatchObject({ priority: 'HIGH', state: 'RUNNING' });
  const names = { [low.id]: 'low', [normal.id]: 'normal', [high.id]: 'high' };
  expect(await handedOut(names)).toEqual([
    ...Array(3).fill('high distil'),
    ...Array(3).fill('normal distil'),
    ...['low rate', 'low distil', 'low distil'],
  ]);
});

test('later jobs inherit it, those of a paused search too, and events tell it', async () => {
  const { db, queue } = platform;
  const early = await startTestSearch(platform);
  const late = await startTestSearch(platform);
  await pauseSearch(db, queue, late.id);
  await set(late.id, 'HIGH');
  await resumeSearch(db, queue, late.id);
  const names = { [early.id]: 'early', [late.id]: 'late' };
  const first = await takeAttempt(platform, 'teacher');
  expect(first.search.id).toBe(late.id);
  await first.completeTeacher(teacherResult);
  expect(await handedOut(names)).toEqual([...Array(3).fill('late distil'), 'early teacher']);
  const told = (await readEvents(db, late.id, 0, 100)).flatMap(({ event }) =>
    event.kind === 'SEARCH_CHANGED' ? [`${event.state} ${event.priority}`] : [],
  );
  expect(told).toEqual([
    ...['QUEUED NORMAL', 'PAUSED NORMAL', 'PAUSED HIGH'],
    ...['QUEUED HIGH', 'RUNNING HIGH', 'RUNNING HIGH'],
  ]);
});

test('a complete search has one, and nobody is told that it ended again; one that failed has not', async () => {
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  await db.prisma.webhook.create({
    data: {
      teamId: search.teamId,
      url: 'https://example.com',
      secret: 'x',
      events: ['SEARCH_COMPLETE'],
    },
  });
  await playUntil(platform, search, 'end');
  expect(await set(search.id, 'LOW')).toMatchObject({ state: 'COMPLETE', priority: 'LOW' });
  expect(await db.prisma.webhookDelivery.count()).toBe(1);
  const again = await set(search.id, 'LOW');
  expect(await readSearch(db, search.id)).toMatchObject({ eventCursor: again.eventCursor });

  const cancelled = await startTestSearch(platform);
  await cancelSearch(db, queue, cancelled.id);
  await expect(set(cancelled.id, 'HIGH')).rejects.toMatchObject({ code: 'CONFLICT' });
});
