import { afterEach, beforeEach, expect, test } from 'vitest';
import { beginAttempt } from '../attempt/begin.ts';
import { cellsOf } from '../cells.ts';
import { readEvents } from '../events.ts';
import { jobsOf, readJob, runsOf } from '../jobs.ts';
import { readSearch } from '../searches.ts';
import {
  openTestPlatform,
  playUntil,
  rateResult,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  takeDelivery,
  testArtifact,
  testTrainer,
} from '../testing/index.ts';
import { cancelSearch } from './cancel-search.ts';
import { retryJob } from './retry-job.ts';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

const retry = (jobId: string) => retryJob(platform.db, platform.queue, jobId);
const failure = { code: 'INTERNAL', message: 'the machine hiccuped' } as const;

test('the failed job and those that were cancelled with it are done, and nothing else again', async () => {
  const { db } = platform;
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'rate');
  const rated = await takeAttempt(platform, 'rate');
  await rated.completeRate(rateResult(rated.cell?.candidateCount ?? 0));
  const broken = await takeAttempt(platform, 'rate');
  const sibling = await takeAttempt(platform, 'rate');
  await broken.fail(failure, { retry: false });
  const before = await runsOf(db, search.id);
  expect(await readSearch(db, search.id)).toMatchObject({ state: 'FAILED', failure });

  expect(await retry(broken.job.id)).toMatchObject({
    ...{ state: 'QUEUED', attempt: 1, retries: 0, failure: null, finishedAt: null },
  });
  expect(await readSearch(db, search.id)).toMatchObject({
    ...{ state: 'RUNNING', phase: 'rate', failure: null, finishedAt: null },
  });
  expect(await readJob(db, sibling.job.id)).toMatchObject({ state: 'QUEUED', attempt: 1 });
  // Who still works on it has lost it.
  await expect(sibling.standing()).rejects.toMatchObject({ code: 'ATTEMPT_STALE' });
  expect(await runsOf(db, search.id)).toEqual(before);
  const told = (await readEvents(db, search.id, 0, 1000)).flatMap(({ event }) =>
    event.kind === 'SEARCH_CHANGED' ? [`${event.state} ${event.failure?.code}`] : [],
  );
  expect(told.slice(-2)).toEqual(['FAILED INTERNAL', 'RUNNING undefined']);

  await playUntil(platform, search, 'end');
  expect(await readSearch(db, search.id)).toMatchObject({ state: 'COMPLETE', failure: null });
  const jobs = await jobsOf(db, search.id);
  const attempts = jobs.filter(({ attempt }) => attempt > 1).map(({ id }) => id);
  expect(attempts.sort()).toEqual([broken.job.id, sibling.job.id].sort());
  expect((await cellsOf(db, search.id)).every(({ bestPath }) => bestPath !== null)).toBe(true);
});

test('it goes on from its checkpoint, with all its retries; a delivery from before begins nothing', async () => {
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  const first = await takeAttempt(platform, 'teacher');
  await first.saveCheckpoint({ ...testArtifact('half'), step: 50 });
  await first.fail(failure, { retry: true });
  const delivery = await takeDelivery(queue, 'teacher');
  const second = await beginAttempt(db, queue, delivery, { trainer: testTrainer });
  await second?.fail(failure, { retry: false });
  await retry(first.job.id);
  expect(await beginAttempt(db, queue, delivery, { trainer: testTrainer })).toBeNull();
  const third = await takeAttempt(platform, 'teacher');
  expect(third).toMatchObject({ attempt: 3, job: { retries: 0 }, checkpoint: { step: 50 } });
  // It may fail again, and be tried again.
  await third.fail(failure, { retry: false });
  expect(await readSearch(db, search.id)).toMatchObject({ state: 'FAILED', failure });
  await retry(first.job.id);
  expect((await takeAttempt(platform, 'teacher')).attempt).toBe(4);
});

test('only the failed job of a failed search is tried again', async () => {
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'distil');
  const broken = await takeAttempt(platform, 'distil');
  const conflict = { code: 'CONFLICT' };
  await expect(retry(broken.job.id)).rejects.toMatchObject(conflict);
  await broken.fail(failure, { retry: false });
  const others = (await jobsOf(db, search.id)).filter(({ id }) => id !== broken.job.id);
  for (const { id } of others) await expect(retry(id)).rejects.toMatchObject(conflict);
  await retry(broken.job.id);
  await expect(retry(broken.job.id)).rejects.toMatchObject(conflict);

  const cancelled = await startTestSearch(platform);
  const [teacher] = await jobsOf(db, cancelled.id);
  await cancelSearch(db, queue, cancelled.id);
  await expect(retry(teacher?.id ?? '')).rejects.toMatchObject(conflict);
  await expect(retry('00000000-0000-7000-8000-00000000dead')).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
