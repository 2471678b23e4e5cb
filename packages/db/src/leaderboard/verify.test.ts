import { afterEach, beforeEach, expect, test } from 'vitest';
import { cancelJob } from '../follow-up/cancel-job.ts';
import { jobsOf, readJob } from '../jobs.ts';
import type { SearchRow } from '../rows.ts';
import { readSearch } from '../searches.ts';
import {
  boardEntries,
  firstBoard,
  openTestPlatform,
  playJob,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  verifyResult,
} from '../testing/index.ts';
import { updateLeaderboard } from './boards.ts';
import { enterLeaderboard } from './enter.ts';
import { readEntry } from './entries.ts';
import { readLeaderboardEvents } from './events.ts';
import { verifyEntry } from './verify.ts';
import { withdrawEntry } from './withdraw.ts';

let platform: TestPlatform;
let search: SearchRow;
beforeEach(async () => {
  platform = await openTestPlatform();
  search = await startTestSearch(platform);
  await playUntil(platform, search, 'verify');
});
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

/** What the board was told after its entries came and the lead went to the better one. */
async function toldSince(): Promise<string[]> {
  const { id } = await firstBoard(platform.db);
  const events = await readLeaderboardEvents(platform.db, id, 4, 100);
  return events.map(({ kind, top1, verifiedTop1 }) => `${kind} ${top1} ${verifiedTop1}`);
}

const failure = { code: 'DATASET_CORRUPT', message: 'The images have changed.' } as const;

test('entries wait for their search to be COMPLETE, which waits for none of them', async () => {
  const { db } = platform;
  const other = await startTestSearch(platform);
  await playUntil(platform, other, 'retrain');
  await playJob(await takeAttempt(platform, 'retrain'), 0.9);
  const [leader, ...rest] = await boardEntries(db);
  expect(leader).toMatchObject({ searchId: other.id, state: 'UNVERIFIED' });
  expect(rest.map(({ state }) => state)).toEqual(['VERIFYING', 'VERIFYING']);
  await expect(
    verifyEntry(db, platform.queue, { entryId: leader?.id ?? '' }),
  ).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'The search is RUNNING; it has to be COMPLETE first.',
  });
  await playJob(await takeAttempt(platform, 'retrain'), 0.6);
  expect((await readSearch(db, other.id))?.state).toBe('COMPLETE');
  expect((await boardEntries(db)).map(({ state }) => state)).toEqual(Array(4).fill('VERIFYING'));
  const jobs = await jobsOf(db, other.id);
  expect(jobs.filter(({ kind }) => kind === 'verify')).toMatchObject([
    { state: 'QUEUED', entryId: expect.any(String), networkId: expect.any(String) },
    { state: 'QUEUED' },
  ]);
});

test('an entry is verified by the mean of its weights, within the tolerance of its board', async () => {
  const { db } = platform;
  const attempt = await takeAttempt(platform, 'verify');
  const { entry } = attempt;
  await attempt.completeVerify(verifyResult(entry, -0.005));
  expect(await readEntry(db, entry?.id ?? '')).toMatchObject({
    state: 'VERIFIED',
    verification: {
      top1: expect.closeTo((entry?.top1 ?? 0) - 0.005, 12),
      top1s: [expect.closeTo((entry?.top1 ?? 0) - 0.005, 12)],
      at: expect.any(Date),
    },
  });
});

test('an entry that its weights do not bear out is rejected with both figures, and leads no more', async () => {
  const { db, queue } = platform;
  const [leader, second] = await boardEntries(db);
  const board = await firstBoard(db);
  await db.prisma.webhook.create({
    data: {
      teamId: board.teamId,
      url: 'https://example.org/',
      events: ['ENTRY_VERIFIED', 'ENTRY_REJECTED', 'LEADER_CHANGED'],
      secret: 'sealed',
    },
  });
  for (let i = 0; i < 2; i++) {
    const attempt = await takeAttempt(platform, 'verify');
    const isLeader = attempt.entry?.id === leader?.id;
    await attempt.completeVerify(verifyResult(attempt.entry, isLeader ? -0.0051 : 0));
  }
  expect(await readEntry(db, leader?.id ?? '')).toMatchObject({
    state: 'REJECTED',
    top1: 0.75,
    verification: { top1: expect.closeTo(0.7449, 12) },
  });
  expect((await boardEntries(db)).map(({ id }) => id)).toEqual([second?.id]);
  const told = await toldSince();
  expect(told.filter((line) => line.startsWith('REJECTED'))).toHaveLength(1);
  expect(told.at(told.findIndex((line) => line.startsWith('REJECTED')) + 1)).toBe(
    'LEADER_CHANGED 0.7 null',
  );

  const messages = await db.prisma.webhookDelivery.findMany();
  const leaderboardId = board.id;
  expect(messages.map(({ event, payload }) => ({ event, payload }))).toEqual(
    expect.arrayContaining([
      {
        event: 'ENTRY_REJECTED',
        payload: {
          leaderboardId,
          entryId: leader?.id,
          claimed: 0.75,
          measured: expect.closeTo(0.7449, 12),
        },
      },
      {
        event: 'ENTRY_VERIFIED',
        payload: {
          leaderboardId,
          entryId: second?.id,
          claimed: 0.7,
          measured: expect.closeTo(0.7, 12),
        },
      },
      {
        event: 'LEADER_CHANGED',
        payload: {
          leaderboardId,
          entryId: second?.id,
          formerEntryId: leader?.id,
          value: 0.7,
        },
      },
    ]),
  );
  expect(messages).toHaveLength(3);

  // It cannot come back by being withdrawn and entered again, nor by being verified again.
  await verifyEntry(db, queue, { entryId: leader?.id ?? '' });
  expect((await readEntry(db, leader?.id ?? ''))?.state).toBe('REJECTED');
  await withdrawEntry(db, queue, { entryId: leader?.id ?? '' });
  await expect(
    enterLeaderboard(db, queue, {
      ...{ leaderboardId, networkId: leader?.networkId ?? '', userId: null },
    }),
  ).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(/it says 0\.75, and its weights gave 0\.744/),
  });
});

test('another tolerance judges what was measured anew', async () => {
  const { db } = platform;
  const { id } = await firstBoard(db);
  for (let i = 0; i < 2; i++) {
    const attempt = await takeAttempt(platform, 'verify');
    await attempt.completeVerify(verifyResult(attempt.entry, -0.01));
  }
  expect(await boardEntries(db)).toEqual([]);
  await updateLeaderboard(db, id, { tolerance: 0.02 });
  expect((await boardEntries(db)).map(({ state }) => state)).toEqual(['VERIFIED', 'VERIFIED']);
  await updateLeaderboard(db, id, { tolerance: 0 });
  expect(await boardEntries(db)).toEqual([]);
  expect((await toldSince()).map((line) => line.split(' ')[0])).toEqual([
    ...['REJECTED', 'REJECTED', 'LEADER_CHANGED'],
    ...['VERIFIED', 'VERIFIED', 'LEADER_CHANGED'],
    ...['REJECTED', 'REJECTED', 'LEADER_CHANGED'],
  ]);
});

test('weights that cannot be evaluated leave the entry unverified, and its search COMPLETE', async () => {
  const { db, queue } = platform;
  const attempt = await takeAttempt(platform, 'verify');
  const entryId = attempt.entry?.id ?? '';
  await attempt.fail(failure, { retry: false });
  expect((await readEntry(db, entryId))?.state).toBe('UNVERIFIED');
  expect((await readSearch(db, search.id))?.state).toBe('COMPLETE');
  expect(await toldSince()).toEqual([`VERIFICATION_FAILED ${attempt.entry?.top1} null`]);

  const again = await verifyEntry(db, queue, { entryId });
  expect(again.state).toBe('VERIFYING');
  await verifyEntry(db, queue, { entryId });
  const jobs = (await jobsOf(db, search.id)).filter((job) => job.entryId === entryId);
  expect(jobs.map(({ state }) => state)).toEqual(['FAILED', 'QUEUED']);
  await cancelJob(db, queue, jobs[1]?.id ?? '');
  expect((await readEntry(db, entryId))?.state).toBe('UNVERIFIED');
});

test('what was verified stays so until something else is measured', async () => {
  const { db, queue } = platform;
  await playUntil(platform, search, 'end');
  const [leader] = await boardEntries(db);
  const entryId = leader?.id ?? '';
  expect((await verifyEntry(db, queue, { entryId })).state).toBe('VERIFIED');
  const attempt = await takeAttempt(platform, 'verify');
  await attempt.fail(failure, { retry: false });
  expect(await readEntry(db, entryId)).toMatchObject({
    state: 'VERIFIED',
    verification: { at: leader?.verification?.at },
  });
});

test('a withdrawn entry is not verified any more', async () => {
  const { db, queue } = platform;
  const running = await takeAttempt(platform, 'verify');
  const entryId = running.entry?.id ?? '';
  expect((await withdrawEntry(db, queue, { entryId })).state).toBe('WITHDRAWN');
  expect(await running.standing()).toBe('CANCELLED');
  expect((await readJob(db, running.job.id))?.state).toBe('CANCELLED');
  await expect(running.completeVerify(verifyResult(running.entry))).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  await expect(verifyEntry(db, queue, { entryId })).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(verifyEntry(db, queue, { entryId: search.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(withdrawEntry(db, queue, { entryId: search.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a result on other data, or of other trainings, is refused', async () => {
  const attempt = await takeAttempt(platform, 'verify');
  const result = verifyResult(attempt.entry);
  await expect(attempt.completeVerify({ ...result, datasetHash: 'e'.repeat(64) })).rejects.toThrow(
    'verify no entry',
  );
  await expect(attempt.completeVerify({ ...result, top1s: [] })).rejects.toThrow('verify no entry');
  await attempt.completeVerify(result);
});
