import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  openTestPlatform,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  testTrainer,
} from './testing/index.ts';
import { checkTrainerCursor, noteLostTrainers, readTrainerChanges } from './trainer-changes.ts';
import { seeTrainer } from './trainers.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform.close());
beforeEach(async () => {
  await platform.db.prisma.run.deleteMany();
  await platform.db.prisma.trainer.deleteMany();
});

const see = (id: string, more = {}) => seeTrainer(platform.db, { ...testTrainer, id, ...more });
const read = (after?: string, first = 100) => readTrainerChanges(platform.db, after, first);

/** Ids of what has changed since a cursor, and the new cursor. */
async function news(after?: string): Promise<{ ids: string[]; cursor: string }> {
  const { trainers, cursor } = await read(after);
  return { ids: trainers.map(({ id }) => id), cursor };
}

test('trainers come when they appear, name themselves anew, begin and end a job', async () => {
  const start = await news();
  expect(start.ids).toEqual([]);
  await see('a');
  await see('b');
  const two = await news(start.cursor);
  expect(two.ids).toEqual(['a', 'b']);
  await see('a');
  expect(await news(two.cursor)).toEqual({ ids: [], cursor: two.cursor });
  await see('b', { device: 'another' });
  const renamed = await news(two.cursor);
  expect(renamed.ids).toEqual(['b']);
  await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const begun = await news(renamed.cursor);
  expect(begun.ids).toEqual([testTrainer.id]);
  await attempt.fail({ code: 'DIVERGED', message: 'the loss is no number' }, { retry: false });
  const ended = await news(begun.cursor);
  expect(ended.ids).toEqual([testTrainer.id]);
  expect((await news()).ids).toEqual(['a', 'b', testTrainer.id]);
});

test('what is committed late is found, though what began after it was seen before', async () => {
  await see('early');
  await see('late');
  const { cursor } = await news();
  const { prisma } = platform.db;
  let early: { ids: string[]; cursor: string } | undefined;
  await prisma.$transaction(async (tx) => {
    await tx.trainer.update({ where: { id: 'late' }, data: { device: 'begun first' } });
    await see('early', { device: 'begun later, committed first' });
    early = await news(cursor);
  });
  expect(early?.ids).toEqual(['early']);
  const late = await news(early?.cursor);
  expect(late.ids).toEqual(['late']);
  expect((await news(late.cursor)).ids).toEqual([]);
});

test('a silence is told once, and so is its end', async () => {
  await see('quiet');
  await see('alive');
  const { cursor } = await news();
  await platform.db.prisma.trainer.update({
    where: { id: 'quiet' },
    data: { lastSeen: new Date(Date.now() - 181_000) },
  });
  expect(await noteLostTrainers(platform.db)).toBe(1);
  expect(await noteLostTrainers(platform.db)).toBe(0);
  const lost = await news(cursor);
  expect(lost.ids).toEqual(['quiet']);
  await see('quiet');
  const back = await news(lost.cursor);
  expect(back.ids).toEqual(['quiet']);
  expect((await news(back.cursor)).ids).toEqual([]);
});

test('pages give every trainer, and what changes behind a reader comes again', async () => {
  for (const id of ['a', 'b', 'c', 'd', 'e']) await see(id);
  const seen: string[] = [];
  let after: string | undefined;
  for (;;) {
    const { trainers, cursor } = await read(after, 2);
    if (trainers.length === 0) break;
    if (after === undefined) await see('a', { device: 'changed between two pages' });
    seen.push(...trainers.map(({ id }) => id));
    after = cursor;
  }
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'e', 'a']);
  expect((await read(after, 2)).cursor).toBe(after);
});

test('a cursor of another server, which has counted further, begins anew', async () => {
  await see('a');
  const far = '999999999999999999:999999999999999999:';
  const cursor = Buffer.from(JSON.stringify(['trainers changed', `${far}/`, ''])).toString(
    'base64url',
  );
  const { ids, cursor: own } = await news(cursor);
  expect(ids).toEqual(['a']);
  expect((await news(own)).ids).toEqual([]);
});

test('what is no cursor is refused', () => {
  const encode = (snapshots: unknown, lastId: unknown = '') =>
    Buffer.from(JSON.stringify(['trainers changed', snapshots, lastId])).toString('base64url');
  checkTrainerCursor(encode('5:9:5,7/'));
  for (const cursor of [
    ...['', 'x', encode('5:9:/', 3), encode('/', '\0'), encode('5:9:'), encode(7)],
    ...['9:5:/', '0:5:/', '5:9:9/', '5:9:4/', '5:9:7,6/', '5:9:x/', '/5:9', 'a/b/c'].map((each) =>
      encode(each),
    ),
  ]) {
    expect(() => checkTrainerCursor(cursor), cursor).toThrow(/cursor/);
  }
});
