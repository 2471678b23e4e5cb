import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CurveQuery, curveKeysOf, readCurves } from '../curves.ts';
import type { Database } from '../database.ts';
import { readEvents } from '../events.ts';
import {
  openTestPlatform,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  teacherResult,
} from '../testing/index.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

/** As {@link readCurves}, in lists. */
async function plain(db: Database, query: CurveQuery) {
  return (await readCurves(db, query)).map(({ steps, values, wallTimes, ...curve }) => ({
    ...curve,
    steps: [...steps],
    values: [...values],
    wallTimes: [...wallTimes],
  }));
}

function points(key: string, from: number, to: number) {
  const steps = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return {
    key,
    steps,
    values: steps.map((step) => 1 / step),
    wallTimes: steps.map((step) => 1000 + step / 8),
  };
}

test('points come back as columns, whatever batches they came in', async () => {
  const search = await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const jobId = attempt.job.id;
  await attempt.appendCurves([points('loss', 1, 10), points('rate', 5, 5)]);
  await attempt.appendCurves([points('loss', 11, 15)]);
  const missing = '00000000-0000-7000-8000-00000000dead';
  const curves = await plain(platform.db, {
    jobIds: [missing, jobId],
    keys: ['loss', 'none', 'rate'],
  });
  const empty = { steps: [], values: [], wallTimes: [] };
  expect(curves).toEqual([
    { jobId: missing, ...empty, key: 'loss' },
    { jobId: missing, ...empty, key: 'none' },
    { jobId: missing, ...empty, key: 'rate' },
    { jobId, ...points('loss', 1, 15) },
    { jobId, ...empty, key: 'none' },
    { jobId, ...points('rate', 5, 5) },
  ]);
  expect(await curveKeysOf(platform.db, jobId)).toEqual(['loss', 'rate']);
  const [part] = await plain(platform.db, {
    jobIds: [jobId],
    keys: ['loss'],
    minStep: 4,
    maxStep: 12,
  });
  expect(part).toEqual({ jobId, ...points('loss', 4, 12) });
  const [last] = await plain(platform.db, {
    jobIds: [jobId],
    keys: ['loss'],
    sampling: 'LAST',
    maxPoints: 3,
  });
  expect(last).toEqual({ jobId, ...points('loss', 13, 15) });
  const live = (await readEvents(platform.db, search.id, 0, 100)).flatMap(({ event }) =>
    event.kind === 'CURVE_POINTS' && event.key === 'loss' ? event.steps : [],
  );
  expect(live).toEqual(points('loss', 1, 15).steps);
});

test('keys may be any text', async () => {
  await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const jobId = attempt.job.id;
  const keys = ["it's", 'a\\b', '"quoted"', 'é 😀', '$1'];
  await attempt.appendCurves(keys.map((key, i) => points(key, 1, i + 1)));
  const none = '\0';
  expect(await plain(platform.db, { jobIds: [jobId], keys: [...keys, none] })).toEqual([
    ...keys.map((key, i) => ({ jobId, ...points(key, 1, i + 1) })),
    { jobId, key: none, steps: [], values: [], wallTimes: [] },
  ]);
});

test('a batch that is sent again adds only what is new', async () => {
  await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  await attempt.appendCurves([points('loss', 1, 10)]);
  await attempt.appendCurves([points('loss', 1, 10)]);
  await attempt.appendCurves([points('loss', 8, 12)]);
  const [curve] = await plain(platform.db, { jobIds: [attempt.job.id], keys: ['loss'] });
  expect(curve).toEqual({ jobId: attempt.job.id, ...points('loss', 1, 12) });
});

test('resuming forgets the points after the checkpoint, inside a batch too', async () => {
  const search = await startTestSearch(platform);
  const lost = await takeAttempt(platform, 'teacher');
  await lost.appendCurves([points('loss', 1, 10), points('rate', 10, 10)]);
  await lost.appendCurves([points('loss', 11, 20)]);
  await lost.appendCurves([points('loss', 21, 30), points('rate', 30, 30)]);
  await lost.abandon();
  const attempt = await takeAttempt(platform, 'teacher');
  await attempt.resumeFrom(14);
  const read = () => plain(platform.db, { jobIds: [attempt.job.id], keys: ['loss', 'rate'] });
  expect((await read()).map(({ steps }) => steps)).toEqual([points('loss', 1, 14).steps, [10]]);
  await attempt.appendCurves([points('loss', 15, 18)]);
  expect((await read())[0]).toEqual({ jobId: attempt.job.id, ...points('loss', 1, 18) });
  const run = await platform.db.prisma.run.findFirstOrThrow({
    where: { jobId: attempt.job.id, attempt: attempt.attempt },
  });
  expect(run.resumedFromStep).toBe(14);
  await attempt.resumeFrom(0);
  expect((await read()).map(({ steps }) => steps)).toEqual([[], []]);
  expect(search.eventCursor).toBeGreaterThan(0);
});

test('a value that is not finite is refused by name, and its batch with it', async () => {
  await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const broken = { key: 'loss', steps: [1, 2], values: [0.5, Number.NaN], wallTimes: [1, 2] };
  await expect(attempt.appendCurves([points('rate', 1, 2), broken])).rejects.toMatchObject({
    code: 'DIVERGED',
    message: 'loss is NaN at step 2.',
  });
  expect(await curveKeysOf(platform.db, attempt.job.id)).toEqual([]);
  await expect(
    platform.db.prisma.$executeRaw`
      INSERT INTO curve_chunk VALUES (${attempt.job.id}::uuid, 'loss', 1, 1, '{1}', '{NaN}', '{1}')`,
  ).rejects.toThrow('curve_chunk_finite');
});

test('columns that do not agree are a bug', async () => {
  await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  await expect(attempt.appendCurves([{ ...points('loss', 1, 3), values: [1] }])).rejects.toThrow(
    'different lengths',
  );
  await expect(
    attempt.appendCurves([{ key: 'loss', steps: [2, 1], values: [1, 1], wallTimes: [1, 1] }]),
  ).rejects.toThrow('steps back to 1');
});

test('the long curves of a finished job are kept thinned, the same points as thinned anew', async () => {
  await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const jobId = attempt.job.id;
  const noisy = (from: number) => {
    const batch = points('loss', from, from + 999);
    return { ...batch, values: batch.steps.map((step) => ((step * 7919) % 10_007) / 10_007) };
  };
  for (let from = 1; from < 5000; from += 1000) await attempt.appendCurves([noisy(from)]);
  await attempt.appendCurves([points('short', 1, 100)]);
  const query: CurveQuery = {
    jobIds: [jobId],
    keys: ['loss', 'short', 'none'],
    sampling: 'MIN_MAX',
    maxPoints: 2000,
  };
  const before = await plain(platform.db, query);
  expect(before.map(({ steps }) => steps.length)).toEqual([2000, 100, 0]);
  await attempt.completeTeacher(teacherResult);
  expect((await platform.db.prisma.curveSketch.findMany()).map(({ key }) => key)).toEqual(['loss']);
  expect(await plain(platform.db, query)).toEqual(before);
  // Other questions are answered from all points.
  const [part] = await plain(platform.db, { ...query, keys: ['loss'], minStep: 4001 });
  expect(part?.steps).toHaveLength(1000);
});
