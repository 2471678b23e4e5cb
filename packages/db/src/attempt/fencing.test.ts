import { jobCatalogue } from '@blockwise/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cellsOf } from '../cells.ts';
import { readEvents } from '../events.ts';
import { jobsOf, readJob, runsOf } from '../jobs.ts';
import { readSearch, teacherOf } from '../searches.ts';
import { cancelSearch } from '../steering/cancel-search.ts';
import {
  distilResult,
  openTestPlatform,
  playUntil,
  rateResult,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  takeDelivery,
  teacherResult,
  testArtifact,
  testTrainer,
} from '../testing/index.ts';
import type { Attempt } from './attempt.ts';
import { beginAttempt } from './begin.ts';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

const failure = { code: 'DIVERGED', message: 'the loss is NaN' } as const;
const progress = { done: 1, total: 2, unit: 'steps', perSecond: 3, note: null };

/** Every write an attempt has, on a distil job. */
const writes: Record<string, (attempt: Attempt) => Promise<unknown>> = {
  progress: (attempt) => attempt.progress(progress),
  appendCurves: (attempt) =>
    attempt.appendCurves([{ key: 'loss', steps: [1], values: [0.5], wallTimes: [1] }]),
  saveCheckpoint: (attempt) => attempt.saveCheckpoint({ ...testArtifact('late'), step: 9 }),
  resumeFrom: (attempt) => attempt.resumeFrom(0),
  message: (attempt) => attempt.message('INFO', 'hello'),
  recordFeatures: (attempt) =>
    attempt.recordFeatures({ hits: 1, misses: 2, bytesRead: 3, seconds: 4, savedSeconds: 5 }),
  completeDistil: (attempt) => attempt.completeDistil(distilResult('late')),
  'fail for good': (attempt) => attempt.fail(failure, { retry: false }),
  'fail with retry': (attempt) => attempt.fail(failure, { retry: true }),
  abandon: (attempt) => attempt.abandon(),
};

/** Everything a write could change. */
async function everything(searchId: string) {
  const { db } = platform;
  return {
    search: await readSearch(db, searchId),
    jobs: await jobsOf(db, searchId),
    runs: await runsOf(db, searchId),
    cells: await cellsOf(db, searchId),
    curves: await db.prisma.curveChunk.findMany(),
    artifacts: await db.prisma.artifact.count(),
    events: await readEvents(db, searchId, 0, 1000),
  };
}

/** Delivers the job of a lost trainer once more, as the queue does when a heartbeat is missed. */
async function loseTrainer(): Promise<void> {
  const { db, queue } = platform;
  await db.prisma.$executeRaw`
    UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '1 day' WHERE state = 'active'`;
  // A look is due once in a monitor interval.
  await db.prisma.$executeRaw`UPDATE pgboss.queue SET monitor_on = NULL`;
  await queue.supervise();
}

test('every write of a ghost is refused and changes nothing', async () => {
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'distil');
  const ghost = await takeAttempt(platform, 'distil');
  // Two more cells wait; the ghost's comes back behind them.
  await platform.queue.fetch('distil');
  await platform.queue.fetch('distil');
  await loseTrainer();
  const successors: Attempt[] = [];
  for (let i = 0; i < 3; i++) {
    successors.push(await takeAttempt(platform, 'distil'));
  }
  const heir = successors.find(({ job }) => job.id === ghost.job.id);
  expect(heir?.attempt).toBe(2);
  expect(heir?.job.retries).toBe(1);

  const before = await everything(search.id);
  for (const [name, write] of Object.entries(writes)) {
    await expect(write(ghost), name).rejects.toMatchObject({ code: 'ATTEMPT_STALE' });
  }
  await expect(ghost.standing()).rejects.toMatchObject({ code: 'ATTEMPT_STALE' });
  expect(await everything(search.id)).toEqual(before);

  const runs = await runsOf(platform.db, search.id);
  expect(
    runs
      .filter(({ jobId }) => jobId === ghost.job.id)
      .map(({ state, failure }) => [state, failure?.code]),
  ).toEqual([
    ['FAILED', 'ATTEMPT_STALE'],
    ['RUNNING', undefined],
  ]);
  await heir?.completeDistil(distilResult('heir'));
  expect((await readJob(platform.db, ghost.job.id))?.state).toBe('COMPLETE');
});

test('a trainer that pauses before it begins cannot take the job from its successor', async () => {
  const search = await startTestSearch(platform);
  const { db, queue } = platform;
  const late = await takeDelivery(queue, 'teacher');
  const begin = () => beginAttempt(db, queue, late, { trainer: testTrainer });
  await loseTrainer();
  expect(await begin()).toBeNull();

  const heir = await takeAttempt(platform, 'teacher', { ...testTrainer, id: 'b', name: 'B' });
  expect(heir.attempt).toBe(1);
  const before = await everything(search.id);
  expect(await begin()).toBeNull();
  expect(await everything(search.id)).toEqual(before);
  await heir.completeTeacher(teacherResult);
  expect((await readJob(db, heir.job.id))?.state).toBe('COMPLETE');
});

test('a rating that arrives twice is stored once', async () => {
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'rate');
  const ghost = await takeAttempt(platform, 'rate');
  await loseTrainer();
  const attempts = [
    await takeAttempt(platform, 'rate'),
    await takeAttempt(platform, 'rate'),
    await takeAttempt(platform, 'rate'),
  ];
  const heir = attempts.find(({ job }) => job.id === ghost.job.id);
  const result = rateResult(ghost.cell?.candidateCount ?? 0);
  await expect(ghost.completeRate(result)).rejects.toMatchObject({ code: 'ATTEMPT_STALE' });
  await heir?.completeRate(result);
  await expect(ghost.completeRate(result)).rejects.toMatchObject({ code: 'ATTEMPT_STALE' });
  await expect(heir?.completeRate(result)).rejects.toMatchObject({ code: 'ATTEMPT_STALE' });
  expect(await platform.db.prisma.candidate.count()).toBe(result.paths.length);
});

test('a fault is retried until the retries are used up, then job and search are FAILED', async () => {
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'distil');
  const { retryLimit } = jobCatalogue.distil;
  const first = await takeAttempt(platform, 'distil');
  await first.fail(failure, { retry: true });
  await expect(first.progress(progress)).rejects.toMatchObject({ code: 'ATTEMPT_STALE' });
  for (let retry = 1; retry <= retryLimit; retry++) {
    let attempt = await takeAttempt(platform, 'distil');
    const others: Attempt[] = [];
    while (attempt.job.id !== first.job.id) {
      others.push(attempt);
      attempt = await takeAttempt(platform, 'distil');
    }
    expect(attempt.attempt).toBe(retry + 1);
    expect((await readSearch(platform.db, search.id))?.state).toBe('RUNNING');
    await attempt.fail(failure, { retry: true });
    for (const other of others) {
      if (retry < retryLimit) {
        await other.abandon();
      }
    }
  }
  expect(await readSearch(platform.db, search.id)).toMatchObject({
    state: 'FAILED',
    phase: 'distil',
    failure,
  });
  const jobs = await jobsOf(platform.db, search.id);
  expect(jobs.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
    'distil CANCELLED',
    'distil CANCELLED',
    'distil FAILED',
    'teacher COMPLETE',
  ]);
  expect(await platform.queue.fetch('distil')).toBeNull();
});

test('a failure without retry cancels the siblings at work and in the queue', async () => {
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'distil');
  const broken = await takeAttempt(platform, 'distil');
  const sibling = await takeAttempt(platform, 'distil');
  await broken.fail(failure, { retry: false });
  expect(await sibling.standing()).toBe('CANCELLED');
  await expect(sibling.progress(progress)).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await platform.queue.fetch('distil')).toBeNull();
  const runs = await runsOf(platform.db, search.id);
  expect(runs.map(({ state }) => state).sort()).toEqual(['CANCELLED', 'COMPLETE', 'FAILED']);
  await expect(cancelSearch(platform.db, platform.queue, search.id)).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});

test('an abandoned job waits again at once and keeps its retries and checkpoint', async () => {
  const search = await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  await attempt.saveCheckpoint({ ...testArtifact('half'), step: 50 });
  await attempt.abandon();
  expect((await jobsOf(platform.db, search.id))[0]).toMatchObject({ state: 'QUEUED', retries: 0 });
  const next = await takeAttempt(platform, 'teacher', { ...testTrainer, id: 'b', name: 'B' });
  expect(next.attempt).toBe(2);
  expect(next.job.retries).toBe(0);
  expect(next.checkpoint).toEqual({ sha256: testArtifact('half').sha256, step: 50 });
  const runs = await runsOf(platform.db, search.id);
  expect(runs.map(({ state, trainerName }) => [state, trainerName])).toEqual([
    ['CANCELLED', 'Trainer A'],
    ['RUNNING', 'B'],
  ]);
});

test('a cancelled search stops what runs and delivers nothing more', async () => {
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'distil');
  const attempt = await takeAttempt(platform, 'distil');
  const waiting = await takeDelivery(platform.queue, 'distil');
  expect(await attempt.standing()).toBe('HELD');
  const cancelled = await cancelSearch(platform.db, platform.queue, search.id);
  expect(cancelled).toMatchObject({ state: 'CANCELLED', phase: 'distil' });
  expect(await attempt.standing()).toBe('CANCELLED');
  await expect(attempt.completeDistil(distilResult('late'))).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  expect(await platform.queue.touch(waiting)).toBe(false);
  expect(
    await beginAttempt(platform.db, platform.queue, waiting, { trainer: testTrainer }),
  ).toBeNull();
  expect(await platform.queue.fetch('distil')).toBeNull();
  const states = (await jobsOf(platform.db, search.id)).map(({ state }) => state);
  expect(states).toEqual(['COMPLETE', 'CANCELLED', 'CANCELLED', 'CANCELLED']);
  const again = await cancelSearch(platform.db, platform.queue, search.id);
  expect(again.eventCursor).toBe(cancelled.eventCursor);
  await expect(
    cancelSearch(platform.db, platform.queue, '00000000-0000-7000-8000-00000000dead'),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a write that fails half way leaves no row and enqueues nothing', async () => {
  const search = await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const { teacher } = teacherResult;
  // The last statement before the distil jobs breaks on the table's check.
  await expect(
    attempt.completeTeacher({ ...teacherResult, teacher: { ...teacher, top1: 2 } }),
  ).rejects.toThrow('teacher_top1_share');
  expect(await teacherOf(platform.db, search.id)).toBeNull();
  expect((await jobsOf(platform.db, search.id)).map(({ state }) => state)).toEqual(['RUNNING']);
  expect(await platform.queue.fetch('distil')).toBeNull();
  await attempt.completeTeacher(teacherResult);
  expect(await platform.queue.fetch('distil')).not.toBeNull();
});
