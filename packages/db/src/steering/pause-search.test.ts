import { afterEach, beforeEach, expect, test } from 'vitest';
import { beginAttempt } from '../attempt/begin.ts';
import { readEvents } from '../events.ts';
import { jobsOf, readJob, runsOf } from '../jobs.ts';
import { failLostJobs } from '../lost-jobs.ts';
import { readSearch } from '../searches.ts';
import {
  distilResult,
  openTestPlatform,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  takeDelivery,
  testArtifact,
  testTrainer,
} from '../testing/index.ts';
import { cancelSearch } from './cancel-search.ts';
import { pauseSearch } from './pause-search.ts';
import { resumeSearch } from './resume-search.ts';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

const pause = (id: string) => pauseSearch(platform.db, platform.queue, id);
const resume = (id: string) => resumeSearch(platform.db, platform.queue, id);
const failure = { code: 'DIVERGED', message: 'the loss is NaN' } as const;

/** States of a search as its events tell them. */
async function toldOf(searchId: string) {
  const events = await readEvents(platform.db, searchId, 0, 1000);
  return events.flatMap(({ event }) => (event.kind === 'SEARCH_CHANGED' ? [event.state] : []));
}

test('a paused search hands out no job, and all of them again when it is resumed', async () => {
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  expect(await pause(search.id)).toMatchObject({ state: 'PAUSED', phase: 'teacher' });
  expect(await queue.fetch('teacher')).toBeNull();
  expect(await failLostJobs(db, queue)).toBe(0);
  // No attempt has begun yet, so it waits for the first one.
  expect(await resume(search.id)).toMatchObject({ state: 'QUEUED', startedAt: null });

  await playUntil(platform, search, 'distil');
  await pause(search.id);
  expect(await queue.fetch('distil')).toBeNull();
  const paused = await pause(search.id);
  expect(await resume(search.id)).toMatchObject({ state: 'RUNNING', phase: 'distil' });
  const resumed = await resume(search.id);
  // Neither told anything the second time.
  expect(resumed.eventCursor).toBe(paused.eventCursor + 1);
  expect(await toldOf(search.id)).toEqual([
    ...['QUEUED', 'PAUSED', 'QUEUED', 'RUNNING', 'RUNNING', 'PAUSED', 'RUNNING'],
  ]);
  await playUntil(platform, search, 'end');
  expect(await readSearch(db, search.id)).toMatchObject({ state: 'COMPLETE' });
  const jobs = await jobsOf(db, search.id);
  expect(new Set(jobs.map(({ attempt, retries }) => [attempt, retries].join()))).toEqual(
    new Set(['1,0']),
  );
});

test('an attempt that hands its job back counts as no failure, and its successor goes on', async () => {
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  expect(await attempt.standing()).toBe('HELD');
  await pause(search.id);
  expect(await attempt.standing()).toBe('PAUSED');
  const { sha256, bytes } = testArtifact('half');
  await attempt.saveCheckpoint({ sha256, bytes, step: 50 });
  await attempt.abandon();
  expect(await readJob(db, attempt.job.id)).toMatchObject({ state: 'QUEUED', retries: 0 });
  expect(await queue.fetch('teacher')).toBeNull();
  expect(await failLostJobs(db, queue)).toBe(0);
  await resume(search.id);
  const next = await takeAttempt(platform, 'teacher');
  expect(next).toMatchObject({ attempt: 2, job: { retries: 0 }, checkpoint: { sha256, step: 50 } });
  expect((await runsOf(db, search.id)).map(({ state }) => state)).toEqual(['CANCELLED', 'RUNNING']);
});

test('an attempt that ends before it sees the pause keeps what it did', async () => {
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'distil');
  const attempt = await takeAttempt(platform, 'distil');
  await pause(search.id);
  await attempt.completeDistil(distilResult('in time'));
  // What follows from it waits too.
  expect(await queue.fetch('rate')).toBeNull();
  expect(await failLostJobs(db, queue)).toBe(0);
  expect(await readSearch(db, search.id)).toMatchObject({ state: 'PAUSED', phase: 'distil' });
  await resume(search.id);
  const rate = await takeAttempt(platform, 'rate');
  expect(rate.cell?.sha256).toBe(testArtifact('in time').sha256);

  const failing = await takeAttempt(platform, 'distil');
  await pause(search.id);
  await failing.fail(failure, { retry: false });
  expect(await readSearch(db, search.id)).toMatchObject({ state: 'FAILED', failure });
});

test('a delivery from before the pause begins nothing, neither during it nor after', async () => {
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  const late = await takeDelivery(queue, 'teacher');
  const begin = () => beginAttempt(db, queue, late, { trainer: testTrainer });
  await pause(search.id);
  expect(await begin()).toBeNull();
  await resume(search.id);
  const attempt = await takeAttempt(platform, 'teacher');
  expect(await begin()).toBeNull();
  expect(await attempt.standing()).toBe('HELD');
});

test('a job whose trainer falls silent during the pause waits for the resumption', async () => {
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  const lost = await takeAttempt(platform, 'teacher');
  await pause(search.id);
  // As the queue's monitor does when the heartbeat is missed.
  await db.prisma.$executeRaw`UPDATE pgboss.job SET state = 'retry' WHERE state = 'active'`;
  const again = await takeDelivery(queue, 'teacher');
  expect(await beginAttempt(db, queue, again, { trainer: testTrainer })).toBeNull();
  expect(await readJob(db, lost.job.id)).toMatchObject({ state: 'QUEUED', retries: 1 });
  await expect(lost.standing()).rejects.toMatchObject({ code: 'ATTEMPT_STALE' });
  expect(await queue.fetch('teacher')).toBeNull();
  await resume(search.id);
  expect((await takeAttempt(platform, 'teacher')).attempt).toBe(2);
});

test('a paused search can be cancelled; one that has ended cannot be paused or resumed', async () => {
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  await pause(search.id);
  expect(await cancelSearch(db, queue, search.id)).toMatchObject({ state: 'CANCELLED' });
  const expected = { code: 'CONFLICT', message: expect.stringContaining('CANCELLED') };
  await expect(pause(search.id)).rejects.toMatchObject(expected);
  await expect(resume(search.id)).rejects.toMatchObject(expected);
  const unknown = '00000000-0000-7000-8000-00000000dead';
  await expect(pause(unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(resume('seven')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
