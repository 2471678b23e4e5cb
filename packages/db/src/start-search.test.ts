import { afterAll, beforeAll, expect, test } from 'vitest';
import { listSearches } from './list-searches.ts';
import { startSearch } from './start-search.ts';
import { localTeamId } from './team.ts';
import {
  localReader,
  openTestPlatform,
  startTestSearch,
  type TestPlatform,
  testCells,
  testSpec,
} from './testing/index.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

test('the same key answers with the same search, also when sent at once', async () => {
  const all = await Promise.all(
    Array.from({ length: 5 }, () => startTestSearch(platform, { idempotencyKey: 'one' })),
  );
  const later = await startTestSearch(platform, { idempotencyKey: 'one' });
  expect(new Set([...all, later].map(({ id }) => id)).size).toBe(1);
  expect(await platform.queue.fetch('teacher')).not.toBeNull();
  expect(await platform.queue.fetch('teacher')).toBeNull();
  const other = await startTestSearch(platform, { idempotencyKey: 'two' });
  expect(other.id).not.toBe(later.id);
});

test('the same key for another specification is a conflict', async () => {
  await startTestSearch(platform, { idempotencyKey: 'three' });
  await expect(
    startTestSearch(platform, { idempotencyKey: 'three', spec: { ...testSpec, seed: 8 } }),
  ).rejects.toMatchObject({ code: 'CONFLICT', path: ['idempotencyKey'] });
});

test('a search that cannot be written enqueues nothing', async () => {
  const { db, queue } = platform;
  while ((await queue.fetch('teacher')) !== null) {
    // Earlier tests' jobs.
  }
  const before = await listSearches(db, { reader: localReader, first: 100 });
  const [cell] = testCells;
  const twice = cell === undefined ? [] : [cell, cell];
  await expect(
    startSearch(db, queue, {
      spec: testSpec,
      spaceSize: 1n,
      cells: twice,
      teamId: localTeamId,
      createdById: null,
    }),
  ).rejects.toMatchObject({ code: 'P2002' });
  expect(await listSearches(db, { reader: localReader, first: 100 })).toEqual(before);
  expect(await queue.fetch('teacher')).toBeNull();
});

test('a queue that refuses takes the rows back', async () => {
  const { db, queue } = platform;
  const before = await db.prisma.job.count();
  const refusing = { ...queue, sendIn: () => Promise.reject(new Error('no queue')) };
  await expect(startTestSearch({ db, queue: refusing })).rejects.toThrow('no queue');
  expect(await db.prisma.job.count()).toBe(before);
});
