import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginAttempt } from './attempt/begin.ts';
import { readEvents } from './events.ts';
import { listenForEvents } from './listen.ts';
import { readSearch } from './searches.ts';
import { cancelSearch } from './steering/cancel-search.ts';
import {
  openTestPlatform,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  takeDelivery,
  testTrainer,
} from './testing/index.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await sleep(10);
  }
}

test('cursors have no gap and no double, however many write at once', async () => {
  const { db, queue } = platform;
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'distil');
  const attempts = await Promise.all(
    [0, 1, 2].map(async () =>
      beginAttempt(db, queue, await takeDelivery(queue, 'distil'), { trainer: testTrainer }),
    ),
  );
  // A reader that follows the cursor must never be overtaken: what it has not seen comes later.
  const followed: number[] = [];
  let writing = true;
  const reader = (async () => {
    while (writing) {
      const events = await readEvents(db, search.id, followed.at(-1) ?? 0, 7);
      followed.push(...events.map(({ cursor }) => cursor));
    }
  })();
  await Promise.all(
    attempts.flatMap((attempt) =>
      Array.from({ length: 12 }, (_, i) =>
        attempt?.appendCurves([
          { key: `a ${i}`, steps: [1], values: [1], wallTimes: [1] },
          { key: `b ${i}`, steps: [1], values: [1], wallTimes: [1] },
        ]),
      ),
    ),
  );
  const end = (await readSearch(db, search.id))?.eventCursor ?? 0;
  await until(() => followed.length >= end);
  writing = false;
  await reader;
  expect(followed).toEqual(Array.from({ length: end }, (_, i) => i + 1));
  const all = await readEvents(db, search.id, 0, 1000);
  expect(all.filter(({ event }) => event.kind === 'CURVE_POINTS')).toHaveLength(72);
});

test('a batch gives one notice, with the cursor that it reached', async () => {
  const notices: { searchId: string; cursor: number }[] = [];
  const listener = await listenForEvents(platform.url, (notice) => notices.push(notice), {
    onError: (error) => platform.errors.push(error),
  });
  const search = await startTestSearch(platform);
  await until(() => notices.length === 1);
  expect(notices).toEqual([{ searchId: search.id, cursor: search.eventCursor }]);
  const cancelled = await cancelSearch(platform.db, platform.queue, search.id);
  await until(() => notices.length === 2);
  expect(notices[1]).toEqual({ searchId: search.id, cursor: cancelled.eventCursor });
  await listener.close();
});

test('a listener whose connection is cut comes back and says so', async () => {
  const notices: { searchId: string; cursor: number }[] = [];
  let reconnects = 0;
  const listener = await listenForEvents(platform.url, (notice) => notices.push(notice), {
    onReconnect: () => {
      reconnects += 1;
    },
    onError: () => undefined,
  });
  await platform.db.prisma.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'blockwise events' AND datname = current_database()`;
  await until(() => reconnects === 1);
  const search = await startTestSearch(platform);
  await until(() => notices.length === 1);
  expect(notices[0]?.searchId).toBe(search.id);
  await listener.close();
});

test('a notice that is not ours is reported and the next one still heard', async () => {
  const notices: { searchId: string; cursor: number }[] = [];
  const errors: unknown[] = [];
  const listener = await listenForEvents(platform.url, (notice) => notices.push(notice), {
    onError: (error) => errors.push(error),
  });
  for (const payload of ['', 'no JSON', '{"searchId":"no id","cursor":1}']) {
    await platform.db.prisma.$queryRaw`SELECT pg_notify('blockwise_events', ${payload})::text`;
  }
  await startTestSearch(platform);
  await until(() => notices.length === 1);
  expect(errors).toHaveLength(3);
  await listener.close();
});

test('an event that does not follow the contract is never stored', async () => {
  while ((await platform.queue.fetch('teacher')) !== null) {
    // Earlier tests' jobs.
  }
  const search = await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const before = (await readSearch(platform.db, search.id))?.eventCursor;
  await expect(
    attempt.progress({
      done: 1,
      total: 2,
      unit: 's',
      perSecond: Number.POSITIVE_INFINITY,
      note: null,
    }),
  ).rejects.toThrow('perSecond');
  expect((await readSearch(platform.db, search.id))?.eventCursor).toBe(before);
});
