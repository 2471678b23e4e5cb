import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCurves } from '../curves.ts';
import { openDatabase } from '../database.ts';
import { readEvents } from '../events.ts';
import { readSearch } from '../searches.ts';
import {
  openTestPlatform,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
} from '../testing/index.ts';
import type { Attempt } from './attempt.ts';
import { contextOf } from './context.ts';
import { writesOf } from './writes.ts';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

function points(key: string, from: number, to: number) {
  const steps = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return { key, steps, values: steps.map((step) => 1 / step), wallTimes: steps };
}

/** Steps of a key as stored and as told, which have to be the same. */
async function stepsOf({ job, search }: Attempt, key = 'loss'): Promise<number[]> {
  const { db } = platform;
  const [curve] = await readCurves(db, { jobIds: [job.id], keys: [key] });
  const events = await readEvents(db, search.id, 0, 10_000);
  expect(events.map(({ cursor }) => cursor)).toEqual(events.map((_, i) => i + 1));
  expect((await readSearch(db, search.id))?.eventCursor).toBe(events.length);
  const told = events.flatMap(({ event }) =>
    event.kind === 'CURVE_POINTS' && event.jobId === job.id && event.key === key ? event.steps : [],
  );
  expect(told).toEqual([...(curve?.steps ?? [])]);
  return told;
}

/**
 * Holds the search's row until `writers` statements wait for it, runs `meanwhile` in that
 * transaction, and lets go.
 */
async function behindTheLock<T>(
  { search }: Attempt,
  writers: readonly (() => Promise<T>)[],
  meanwhile: string | null = null,
): Promise<PromiseSettledResult<T>[]> {
  const { prisma } = platform.db;
  return prisma
    .$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM search WHERE id = ${search.id}::uuid FOR NO KEY UPDATE`;
      const written = Promise.allSettled(writers.map((write) => write()));
      for (let waiting = 0; waiting < writers.length; ) {
        const [row] = await prisma.$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        waiting = row?.count ?? 0;
      }
      if (meanwhile !== null) await tx.$executeRawUnsafe(meanwhile);
      return { written };
    })
    .then(({ written }) => written);
}

test('a new batch is one statement', async () => {
  await startTestSearch(platform);
  const { job, attempt } = await takeAttempt(platform, 'teacher');
  const statements: string[] = [];
  const db = await openDatabase({
    ...{ url: platform.url, applicationName: 'counts' },
    onStatement: (sql) => statements.push(sql),
  });
  const row = await db.prisma.job.findUniqueOrThrow({ where: { id: job.id } });
  const writes = writesOf(contextOf(db, platform.queue, row, attempt));
  statements.length = 0;
  await writes.appendCurves([points('loss', 1, 10), points('rate', 5, 5)]);
  await writes.appendCurves([points('loss', 11, 20), points('rate', 11, 11)]);
  expect(statements).toHaveLength(2);
  await writes.appendCurves([points('loss', 11, 20)]);
  expect(statements.length).toBeGreaterThan(3);
  await db.close();
});

test('copies of a batch that wait for the lock together are stored once', async () => {
  await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const { appendCurves } = attempt;
  const results = await behindTheLock(attempt, [
    () => appendCurves([points('loss', 1, 10), points('rate', 1, 3)]),
    () => appendCurves([points('loss', 1, 10), points('rate', 1, 3)]),
    () => appendCurves([points('loss', 1, 10), points('rate', 1, 3)]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(Array(3).fill('fulfilled'));
  expect(await stepsOf(attempt)).toEqual(points('loss', 1, 10).steps);
  expect(await stepsOf(attempt, 'rate')).toEqual([1, 2, 3]);
});

test('batches that overlap and wait for the lock together leave no step twice', async () => {
  await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const { appendCurves } = attempt;
  const results = await behindTheLock(attempt, [
    () => appendCurves([points('loss', 1, 12)]),
    () => appendCurves([points('loss', 8, 20)]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  const steps = await stepsOf(attempt);
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
  expect(steps.at(-1)).toBe(20);
});

test('a job that is given away while its write waits for the lock takes nothing', async () => {
  await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const [result] = await behindTheLock(
    attempt,
    [() => attempt.appendCurves([points('loss', 1, 10)])],
    `UPDATE job SET attempt = attempt + 1 WHERE id = '${attempt.job.id}'`,
  );
  expect(result).toMatchObject({ status: 'rejected', reason: { code: 'ATTEMPT_STALE' } });
  expect(await stepsOf(attempt)).toEqual([]);
});

test('jobs of one search that write at once keep all points and one order', async () => {
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'distil');
  const attempts = [
    await takeAttempt(platform, 'distil'),
    await takeAttempt(platform, 'distil'),
    await takeAttempt(platform, 'distil'),
  ];
  for (let batch = 0; batch < 3; batch++) {
    const [first] = attempts;
    if (first === undefined) throw new Error('no attempt');
    await behindTheLock(
      first,
      attempts.map(
        (attempt) => () => attempt.appendCurves([points('loss', 1 + batch * 10, (batch + 1) * 10)]),
      ),
    );
  }
  for (const attempt of attempts) {
    expect(await stepsOf(attempt)).toEqual(points('loss', 1, 30).steps);
  }
});
