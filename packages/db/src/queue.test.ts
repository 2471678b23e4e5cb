import { setTimeout as sleep } from 'node:timers/promises';
import { jobCatalogue } from '@blockwise/contracts';
import { afterEach, expect, test } from 'vitest';
import { beginAttempt } from './attempt/begin.ts';
import { jobsOf, runsOf } from './jobs.ts';
import { failLostJobs, watchLostJobs } from './lost-jobs.ts';
import { openQueue } from './queue.ts';
import { readSearch } from './searches.ts';
import {
  openTestPlatform,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  takeDelivery,
  testTrainer,
} from './testing/index.ts';

const open: TestPlatform[] = [];
async function openPlatform(options = {}) {
  const platform = await openTestPlatform(options);
  open.push(platform);
  return platform;
}
afterEach(async () => {
  for (const platform of open.splice(0)) {
    await platform.close();
  }
});

test('a silent trainer loses its job, which comes back by itself; a touching one keeps it', async () => {
  // The shortest heartbeat that the queue allows, and its real supervision.
  const heartbeatSeconds = 10;
  const platform = await openPlatform({ heartbeatSeconds, monitorSeconds: 1, supervise: true });
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'distil');
  const silent = await takeAttempt(platform, 'distil');
  const alive = await takeDelivery(queue, 'distil');
  expect(alive.heartbeatSeconds).toBe(heartbeatSeconds);
  await takeDelivery(queue, 'distil');

  let again = null;
  const seen: string[] = [];
  while (again === null) {
    expect(await queue.touch(alive)).toBe(true);
    await sleep(500);
    again = await queue.fetch('distil');
    if (again !== null && again.jobId !== silent.job.id) {
      seen.push(again.jobId);
      again = null;
    }
  }
  expect(seen).not.toContain(alive.jobId);
  expect(again.retryCount).toBe(1);
  const heir = await beginAttempt(db, queue, again, {
    trainer: { ...testTrainer, id: 'b', name: 'B' },
  });
  expect(heir?.attempt).toBe(2);
  await expect(
    silent.progress({ done: 1, total: 2, unit: 'steps', perSecond: null, note: null }),
  ).rejects.toMatchObject({ code: 'ATTEMPT_STALE' });
  expect(platform.errors).toEqual([]);
}, 60_000);

test('settings of a job travel with it', async () => {
  const platform = await openPlatform({ heartbeatSeconds: 45, expireSeconds: 7200 });
  await startTestSearch(platform);
  const [job] = await platform.db.prisma.$queryRaw<object[]>`
    SELECT heartbeat_seconds, expire_seconds, retry_limit, priority FROM pgboss.job`;
  expect(job).toEqual({
    heartbeat_seconds: 45,
    expire_seconds: 7200,
    retry_limit: jobCatalogue.teacher.retryLimit,
    priority: jobCatalogue.teacher.priority,
  });
});

test('a job is delivered once, however many ask', async () => {
  const platform = await openPlatform();
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'distil');
  const other = await openQueue(platform.url, { supervise: false, onError: () => undefined });
  const deliveries = await Promise.all(
    Array.from({ length: 10 }, (_, i) => (i % 2 ? platform.queue : other).fetch('distil')),
  );
  const jobIds = deliveries.flatMap((delivery) => (delivery ? [delivery.jobId] : []));
  expect(jobIds).toHaveLength(3);
  expect(new Set(jobIds).size).toBe(3);
  await other.close();
});

test('a malformed payload is dropped and reported, never delivered', async () => {
  const platform = await openPlatform();
  await startTestSearch(platform);
  await platform.db.prisma.$executeRaw`UPDATE pgboss.job SET data = '{"jobId": 5}'`;
  expect(await platform.queue.fetch('teacher')).toBeNull();
  expect(platform.errors).toMatchObject([{ code: 'BAD_INPUT', path: ['jobId'] }]);
  expect(await platform.queue.fetch('teacher')).toBeNull();
});

/** The queue gives up on everything that is delivered. */
async function giveUp({ db }: TestPlatform) {
  await db.prisma.$executeRaw`
    UPDATE pgboss.job SET state = 'failed', completed_on = now() WHERE state IN ('created', 'active')`;
}

test('when the queue gives up, a job is queued again until its retries end; then the search is FAILED', async () => {
  const platform = await openPlatform();
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  expect(await failLostJobs(db, queue)).toBe(0);
  const { retryLimit } = jobCatalogue.teacher;
  for (let lost = 1; lost <= retryLimit; lost++) {
    await takeAttempt(platform, 'teacher');
    await giveUp(platform);
    expect(await failLostJobs(db, queue)).toBe(1);
    expect((await jobsOf(db, search.id))[0]).toMatchObject({ state: 'QUEUED', retries: lost });
  }
  await takeAttempt(platform, 'teacher');
  await giveUp(platform);
  await failLostJobs(db, queue);
  expect(await readSearch(db, search.id)).toMatchObject({
    state: 'FAILED',
    failure: { code: 'INTERNAL', message: expect.stringContaining('lost its trainer 4 times') },
  });
  expect((await runsOf(db, search.id)).map(({ state }) => state)).toEqual(Array(4).fill('FAILED'));
  expect(await failLostJobs(db, queue)).toBe(0);
});

test('the last redelivery of a lost job ends it', async () => {
  const platform = await openPlatform();
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  const delivery = await takeDelivery(queue, 'teacher');
  const { retryLimit } = jobCatalogue.teacher;
  for (let attempt = 1; attempt <= retryLimit + 1; attempt++) {
    const taken = await beginAttempt(db, queue, delivery, { trainer: testTrainer });
    expect(taken?.attempt).toBe(attempt);
  }
  expect(await beginAttempt(db, queue, delivery, { trainer: testTrainer })).toBeNull();
  expect((await readSearch(db, search.id))?.state).toBe('FAILED');
});

test('a job whose delivery is gone is found by the watch', async () => {
  const platform = await openPlatform();
  const { db, queue } = platform;
  await startTestSearch(platform);
  await db.prisma.$executeRaw`DELETE FROM pgboss.job`;
  const watch = watchLostJobs(db, queue, {
    everySeconds: 0.05,
    onError: (error) => platform.errors.push(error),
  });
  let delivery = null;
  while (delivery === null) {
    await sleep(20);
    delivery = await queue.fetch('teacher');
  }
  await watch.close();
  expect(platform.errors).toEqual([]);
});

test('many watchers settle a lost job once', async () => {
  const platform = await openPlatform();
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  await giveUp(platform);
  await Promise.all(Array.from({ length: 6 }, () => failLostJobs(db, queue)));
  expect((await jobsOf(db, search.id))[0]).toMatchObject({ retries: 1 });
  expect(await queue.fetch('teacher')).not.toBeNull();
  expect(await queue.fetch('teacher')).toBeNull();
});
