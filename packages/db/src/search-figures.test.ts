import { afterAll, beforeAll, expect, test } from 'vitest';
import { bestTop1OfSearches, progressOfSearches, secondsOfSearches } from './search-figures.ts';
import {
  localReader,
  openTestPlatform,
  playJob,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
} from './testing/index.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform.close());

/** Two trainings of two networks, three cells, a teacher; ratings and the exact search are a tenth. */
const planned = 1 + 3 + 2 + 0.1 * (3 + 1);

test('progress follows the jobs to the end', async () => {
  const { db } = platform;
  const { id } = await startTestSearch(platform);
  const progress = async () => (await progressOfSearches(db, [id])).get(id);
  expect(await progress()).toBe(0);
  const attempt = await takeAttempt(platform, 'teacher');
  const report = { total: 10, perSecond: null, note: null };
  await attempt.progress({ ...report, done: 9, unit: 'images' });
  expect(await progress()).toBe(0);
  await attempt.progress({ ...report, done: 5, unit: 'steps' });
  expect(await progress()).toBeCloseTo(0.5 / planned, 9);
  await playJob(attempt);
  const search = { id } as never;
  expect(await progress()).toBeCloseTo(1 / planned, 9);
  await playUntil(platform, search, 'retrain');
  expect(await progress()).toBeCloseTo((planned - 2) / planned, 9);
  await playUntil(platform, search, 'end');
  expect(await progress()).toBe(1);
});

test('the best network is the best that the reader may see; costs are those of all attempts', async () => {
  const { db } = platform;
  const { prisma } = db;
  const { id } = await startTestSearch(platform);
  const { id: other } = await startTestSearch(platform);
  expect(await secondsOfSearches(db, [id, other])).toEqual(new Map());
  await playUntil(platform, { id } as never, 'end');
  const [best, second] = await prisma.network.findMany({
    where: { searchId: id },
    orderBy: { top1: 'desc' },
  });
  const read = async (reader = localReader) =>
    (await bestTop1OfSearches(db, [id, other], reader)).get(id);
  expect(await read()).toBe(best?.top1);
  await prisma.network.update({ where: { id: best?.id ?? '' }, data: { visibility: 'PRIVATE' } });
  expect(await read({ ...localReader, ownedTeamIds: [] })).toBe(second?.top1);
  expect(await read({ userId: null, teamIds: [], ownedTeamIds: [] })).toBeUndefined();

  await prisma.$executeRaw`ALTER TABLE run DISABLE TRIGGER run_final`;
  await prisma.$executeRaw`UPDATE run SET finished_at = run.started_at + interval '3 seconds' FROM job
    WHERE job.id = run.job_id AND job.search_id = ${id}::uuid`;
  await prisma.$executeRaw`ALTER TABLE run ENABLE TRIGGER run_final`;
  const runs = await prisma.run.count({ where: { job: { searchId: id } } });
  const seconds = await secondsOfSearches(db, [id, other]);
  expect([...seconds]).toEqual([[id, 3 * runs]]);
  await takeAttempt(platform, 'teacher');
  await prisma.run.updateMany({
    where: { state: 'RUNNING' },
    data: { startedAt: new Date(Date.now() - 60_000) },
  });
  const now = (await secondsOfSearches(db, [other])).get(other) ?? 0;
  expect(now).toBeGreaterThan(59);
  expect(now).toBeLessThan(90);
});
