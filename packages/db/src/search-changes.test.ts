import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SearchFilter } from './index.ts';
import { setVisibilityOf, updateSearch } from './labels.ts';
import { checkSearchesCursor, readSearchChanges } from './search-changes.ts';
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

/** Sees the team's searches, and of private ones its own, of which there are none. */
const member = { ...localReader, ownedTeamIds: [] };
const stranger = { userId: null, teamIds: [], ownedTeamIds: [] };

async function news(after?: string, filter?: SearchFilter, reader = member, first = 100) {
  const { searches, gone, cursor } = await readSearchChanges(platform.db, {
    ...{ after, filter, reader, first },
  });
  return { ids: searches.map(({ id }) => id), gone, cursor };
}

/** What has changed meanwhile, and the cursor behind it. */
async function after(cursor: string, change: () => Promise<unknown>) {
  await change();
  return news(cursor);
}

test('searches come when they start, go on, report progress, end, and get other labels', async () => {
  const { db } = platform;
  const start = await news();
  expect(start).toMatchObject({ ids: [], gone: [] });
  const { id } = await startTestSearch(platform);
  const started = await news(start.cursor);
  expect(started.ids).toEqual([id]);
  expect(await news(started.cursor)).toEqual({ ids: [], gone: [], cursor: started.cursor });
  expect((await news(started.cursor, undefined, stranger)).ids).toEqual([]);

  const attempt = await takeAttempt(platform, 'teacher');
  let { cursor, ids } = await news(started.cursor);
  expect(ids).toEqual([id]);
  const report = { total: 10, perSecond: null, note: null, unit: 'steps' };
  ({ cursor, ids } = await after(cursor, () => attempt.progress({ ...report, done: 5 })));
  expect(ids).toEqual([id]);
  // Progress of what is not asked for is no news.
  await attempt.progress({ ...report, done: 6 });
  expect(await news(cursor, { states: ['COMPLETE'] })).toMatchObject({ ids: [], gone: [] });
  await playJob(attempt);
  ({ cursor, ids } = await news(cursor));
  expect(ids).toEqual([id]);
  ({ cursor, ids } = await after(cursor, () => playUntil(platform, { id } as never, 'end')));
  expect(ids).toEqual([id]);
  expect((await news(cursor)).ids).toEqual([]);
  // COMPLETE rows can be named anew, and tell it.
  ({ cursor, ids } = await after(cursor, () => updateSearch(db, id, { tags: ['seen'] })));
  expect(ids).toEqual([id]);
  const left = await news(start.cursor, { states: ['RUNNING'] });
  expect(left).toMatchObject({ ids: [], gone: [id] });
});

test('who may not see a search any more is told so once, and nothing else of it', async () => {
  const { db } = platform;
  const { id } = await startTestSearch(platform);
  const { cursor } = await news();
  await setVisibilityOf.Search(db, id, 'PRIVATE');
  const hidden = await news(cursor);
  expect(hidden).toMatchObject({ ids: [], gone: [id] });
  await updateSearch(db, id, { name: 'secret' });
  expect(await news(hidden.cursor)).toMatchObject({ ids: [], gone: [] });
  await setVisibilityOf.Search(db, id, 'TEAM');
  expect((await news(hidden.cursor)).ids).toEqual([id]);
});

test('what is committed late is found, and a page at a time', async () => {
  const { db } = platform;
  const all: string[] = [];
  for (let i = 0; i < 3; i++) all.push((await startTestSearch(platform)).id);
  const { cursor } = await news();
  let between: Awaited<ReturnType<typeof news>> | undefined;
  await db.prisma.$transaction(async (tx) => {
    await tx.search.update({ where: { id: all[0] ?? '' }, data: { name: 'begun first' } });
    await updateSearch(db, all[1] ?? '', { name: 'done first' });
    between = await news(cursor);
  });
  expect(between?.ids).toEqual([all[1]]);
  expect((await news(between?.cursor)).ids).toEqual([all[0]]);

  await updateSearch(db, all[2] ?? '', { name: 'too' });
  const seen: string[] = [];
  let page = await news(cursor, undefined, member, 1);
  for (let i = 0; i < 3; i++) {
    seen.push(...page.ids);
    page = await news(page.cursor, undefined, member, 1);
  }
  expect(seen).toEqual([...all].sort());
  expect(page.ids).toEqual([]);
});

test('refuses what is no cursor', () => {
  expect(() => checkSearchesCursor('x')).toThrow('cursor');
});
