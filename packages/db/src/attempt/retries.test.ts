import { type JobKind, jobCatalogue } from '@blockwise/contracts';
import { afterEach, expect, test } from 'vitest';
import { readEvents } from '../events.ts';
import { jobsOf, readJob } from '../jobs.ts';
import { failLostJobs } from '../lost-jobs.ts';
import { readSearch } from '../searches.ts';
import {
  openTestPlatform,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  takeDelivery,
  testTrainer,
} from '../testing/index.ts';
import { seeTrainer } from '../trainers.ts';
import { beginAttempt } from './begin.ts';

let platform: TestPlatform;
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

const fault = { code: 'INTERNAL', message: 'the machine hiccuped' } as const;
const tooLarge = { code: 'OUT_OF_MEMORY', message: '[64, 32, 32, 96] does not fit' } as const;
const other = { ...testTrainer, id: 'trainer-b', name: 'Trainer B' };

/** For how many seconds the queue's next job of a kind waits. */
async function waitOf(kind: JobKind): Promise<number> {
  const [row] = await platform.db.prisma.$queryRaw<{ seconds: number }[]>`
    SELECT round(extract(epoch FROM start_after - created_on))::int AS seconds
    FROM pgboss.job WHERE name = ${`search.${kind}`} AND state = 'created'`;
  return row?.seconds ?? Number.NaN;
}

/** Lets the time go by that jobs wait for their next attempt. */
async function waitOver(): Promise<void> {
  await platform.db.prisma
    .$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE state = 'created'`;
}

/** What the queue does when the heartbeat of a job under way stays away. */
async function loseTrainer(): Promise<void> {
  await platform.db.prisma.$executeRaw`
    UPDATE pgboss.job SET state = 'retry', retry_count = retry_count + 1 WHERE state = 'active'`;
}

async function warningsOf(searchId: string): Promise<string[]> {
  return (await readEvents(platform.db, searchId, 0, 1000)).flatMap(({ event }) =>
    event.kind === 'MESSAGE' ? [event.text] : [],
  );
}

test('a fault that may pass is tried again after a wait that grows', async () => {
  platform = await openTestPlatform({ retrySeconds: 10 });
  await startTestSearch(platform);
  for (const seconds of [10, 40, 160]) {
    const attempt = await takeAttempt(platform, 'teacher');
    await attempt.fail(fault, { retry: true });
    expect(await platform.queue.fetch('teacher')).toBeNull();
    expect(await waitOf('teacher')).toBe(seconds);
    await waitOver();
  }
  const last = await takeAttempt(platform, 'teacher');
  await last.fail(fault, { retry: true });
  expect(await readJob(platform.db, last.job.id)).toMatchObject({ state: 'FAILED', attempt: 4 });
});

test('what is handed back because something was away waits a little and uses up no retry', async () => {
  platform = await openTestPlatform({ retrySeconds: 10 });
  await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  await attempt.abandon({ later: true });
  expect(await platform.queue.fetch('teacher')).toBeNull();
  expect(await waitOf('teacher')).toBe(10);
  expect(await readJob(platform.db, attempt.job.id)).toMatchObject({ state: 'QUEUED', retries: 0 });
});

test('a job that ends its trainers waits longer every time, and ends FAILED with the reason', async () => {
  platform = await openTestPlatform({ retrySeconds: 10 });
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  const { job } = await takeAttempt(platform, 'teacher');
  await loseTrainer();
  // The first loss costs no time.
  const second = await takeAttempt(platform, 'teacher');
  expect(second.job).toMatchObject({ id: job.id, retries: 1 });
  for (const seconds of [40, 160]) {
    await loseTrainer();
    const delivery = await takeDelivery(queue, 'teacher');
    expect(await beginAttempt(db, queue, delivery, { trainer: testTrainer })).toBeNull();
    expect(await queue.fetch('teacher')).toBeNull();
    expect(await waitOf('teacher')).toBe(seconds);
    await waitOver();
    await takeAttempt(platform, 'teacher');
  }
  expect(await warningsOf(search.id)).toEqual([
    'A teacher job lost its trainer 2 times; it waits 40 s.',
    'A teacher job lost its trainer 3 times; it waits 160 s.',
  ]);
  await loseTrainer();
  const delivery = await takeDelivery(queue, 'teacher');
  expect(await beginAttempt(db, queue, delivery, { trainer: testTrainer })).toBeNull();
  expect(await readSearch(db, search.id)).toMatchObject({
    state: 'FAILED',
    failure: {
      code: 'INTERNAL',
      message:
        'The teacher job lost its trainer 4 times, the last time Trainer A. ' +
        'It may be what ended them, so it is given to nobody any more.',
    },
  });
});

test('what one trainer has no memory for is tried once on another that is there', async () => {
  platform = await openTestPlatform();
  const { db, queue } = platform;
  await startTestSearch(platform);
  await seeTrainer(db, other);
  const first = await takeAttempt(platform, 'teacher');
  await first.fail(tooLarge, { retry: true });
  const again = () => takeDelivery(queue, 'teacher');
  // The one that has tried it leaves it to the other, which uses up nothing.
  expect(await beginAttempt(db, queue, await again(), { trainer: testTrainer })).toBeNull();
  expect(await readJob(db, first.job.id)).toMatchObject({ state: 'QUEUED', retries: 1 });
  const elsewhere = await beginAttempt(db, queue, await again(), { trainer: other });
  await elsewhere?.fail(tooLarge, { retry: true });
  expect(await readJob(db, first.job.id)).toMatchObject({
    state: 'FAILED',
    attempt: 2,
    failure: tooLarge,
  });
});

test.each([
  ['nobody else is there', async () => undefined],
  [
    'the other one is drained',
    async () => {
      await seeTrainer(platform.db, other);
      const where = { id: other.id };
      await platform.db.prisma.trainer.update({ where, data: { isDraining: true } });
    },
  ],
  [
    'the other one is a twin on the same machine',
    () => seeTrainer(platform.db, { ...testTrainer, id: 'twin' }),
  ],
])('a job without memory fails at once when %s', async (_, prepare) => {
  platform = await openTestPlatform();
  await startTestSearch(platform);
  await prepare();
  const attempt = await takeAttempt(platform, 'teacher');
  await attempt.fail(tooLarge, { retry: true });
  expect(await readJob(platform.db, attempt.job.id)).toMatchObject({ state: 'FAILED', attempt: 1 });
});

test('a job whose payload is broken again and again ends FAILED, and its search with it', async () => {
  platform = await openTestPlatform();
  const { db, queue, errors } = platform;
  const search = await startTestSearch(platform);
  for (let tried = 0; tried <= jobCatalogue.teacher.retryLimit; tried++) {
    expect((await readSearch(db, search.id))?.state).toBe('QUEUED');
    await db.prisma.$executeRaw`UPDATE pgboss.job SET data = '{"jobId": 5}'`;
    expect(await queue.fetch('teacher')).toBeNull();
    expect(errors.splice(0)).toMatchObject([{ code: 'BAD_INPUT' }]);
    expect(await failLostJobs(db, queue)).toBe(1);
  }
  expect(await readSearch(db, search.id)).toMatchObject({
    state: 'FAILED',
    failure: { code: 'INTERNAL' },
  });
});

const kinds = ['teacher', 'distil', 'rate', 'solve', 'retrain'] as const satisfies JobKind[];

test.each(kinds)(
  'when a %s job fails for good, nothing of its search waits for ever',
  async (kind) => {
    platform = await openTestPlatform();
    const { db } = platform;
    const search = await startTestSearch(platform);
    await playUntil(platform, search, kind);
    const attempt = await takeAttempt(platform, kind);
    const data = { retries: jobCatalogue[kind].retryLimit };
    await db.prisma.job.update({ where: { id: attempt.job.id }, data });
    await attempt.fail(fault, { retry: true });
    expect(await readSearch(db, search.id)).toMatchObject({ state: 'FAILED', failure: fault });
    const unfinished = (await jobsOf(db, search.id)).filter(
      ({ finishedAt }) => finishedAt === null,
    );
    expect(unfinished).toEqual([]);
    const queued = await db.prisma.$queryRaw`
    SELECT id FROM pgboss.job WHERE name LIKE 'search.%' AND state IN ('created', 'retry', 'active')`;
    expect(queued).toEqual([]);
  },
);
