import { auditSpec, networkTraining } from '@blockwise/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { requestRetraining } from '../follow-up/request-retraining.ts';
import { startAudit } from '../follow-up/start-audit.ts';
import { networksOf } from '../networks.ts';
import { pageOfOwner } from '../owned-list.ts';
import type { Page } from '../page.ts';
import type { SearchRow } from '../rows.ts';
import { localTeamId } from '../team.ts';
import {
  boardEntries,
  firstBoard,
  localReader,
  openTestPlatform,
  plannedNetworks,
  playJob,
  playUntil,
  retrainResult,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  teacherResult,
} from '../testing/index.ts';
import { createLeaderboard } from './boards.ts';
import { enterLeaderboard } from './enter.ts';
import { entriesOfBoards, leadsOfBoards, ranksOfEntries } from './entries.ts';
import { readLeaderboardEvents } from './events.ts';
import { listLeaderboards } from './list-boards.ts';
import type { EntryRow } from './rows.ts';
import { withdrawEntry } from './withdraw.ts';

let platform: TestPlatform;
let search: SearchRow;
beforeEach(async () => {
  platform = await openTestPlatform();
  search = await startTestSearch(platform);
});
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

const datasetHash = teacherResult.dataset.hash;

function board(more: Partial<Parameters<typeof createLeaderboard>[1]> = {}) {
  return createLeaderboard(platform.db, {
    ...{ teamId: localTeamId, userId: null, name: 'small ones', description: '', datasetHash },
    ...{ budget: null, tolerance: 0.005, visibility: 'TEAM' },
    ...more,
  });
}

/** A network that is trained on request, so many times. */
async function trained(name: string, ...top1s: number[]): Promise<string> {
  const { db, queue } = platform;
  const seeds = top1s.length;
  const [network] = await requestRetraining(db, queue, {
    searchId: search.id,
    networks: plannedNetworks(1, seeds),
    training: networkTraining.parse({ seeds }),
  });
  for (const [i, top1] of top1s.entries()) {
    const attempt = await takeAttempt(platform, 'retrain');
    await attempt.completeRetrain(retrainResult(`${name} ${i}`, top1));
  }
  return network?.id ?? '';
}

/** What a board was told, each event in a word and its accuracy. */
async function told(leaderboardId: string): Promise<string[]> {
  const events = await readLeaderboardEvents(platform.db, leaderboardId, 0, 100);
  expect(events.map(({ cursor }) => cursor)).toEqual(events.map((_, i) => i + 1));
  return events.map(({ kind, top1 }) => `${kind} ${top1}`);
}

test('the first tested network makes the board of its data set; all enter it once', async () => {
  const { db } = platform;
  await playUntil(platform, search, 'end');
  const { edges } = await listLeaderboards(db, { first: 10, reader: localReader });
  expect(edges.map(({ node }) => node)).toMatchObject([
    {
      teamId: localTeamId,
      name: 'procedural dddddddd',
      dataset: { hash: datasetHash, kind: 'procedural', imageSize: 32, classes: 3, testCount: 15 },
      metric: 'TOP1',
      budget: null,
      tolerance: 0.005,
      visibility: 'TEAM',
      isShared: false,
    },
  ]);
  const entries = await boardEntries(db);
  expect(entries.map(({ top1 }) => top1)).toEqual([0.75, 0.7]);
  const [second, first] = await networksOf(db, search.id);
  expect(entries.map(({ networkId }) => networkId)).toEqual([first?.id, second?.id]);
  expect(entries[0]).toMatchObject({
    teamId: localTeamId,
    searchId: search.id,
    datasetHash,
    training: { recipe: 'small@1', epochs: 1 },
    trainings: [{ seed: 41, top1: 0.75 }],
    costs: [{ engine: 'wasm', device: '2 CPU slots', onGpu: false, seconds: expect.any(Number) }],
  });
  expect(await told(edges[0]?.node.id ?? '')).toEqual([
    'ENTERED 0.7',
    'LEADER_CHANGED 0.7',
    'ENTERED 0.75',
    'LEADER_CHANGED 0.75',
    'VERIFIED 0.7',
    'VERIFIED 0.75',
  ]);
});

test('two searches that end at once make one board', async () => {
  const other = await startTestSearch(platform);
  await playUntil(platform, search, 'retrain');
  await playUntil(platform, other, 'retrain');
  const attempts = [];
  for (let i = 0; i < 4; i++) attempts.push(await takeAttempt(platform, 'retrain'));
  await Promise.all(attempts.map((attempt, i) => playJob(attempt, 0.5 + i / 100)));
  const { edges } = await listLeaderboards(platform.db, { first: 10, reader: localReader });
  expect(edges).toHaveLength(1);
  expect((await boardEntries(platform.db)).map(({ top1 }) => top1)).toEqual([
    0.53, 0.52, 0.51, 0.5,
  ]);
});

test('a tested network enters the boards of its team whose budget it meets', async () => {
  const { db } = platform;
  await playUntil(platform, search, 'solve');
  const fits = await board({ name: 'fits', budget: { axis: 'PARAMS', max: 95_000 } });
  const tooSmall = await board({ name: 'too small', budget: { axis: 'PARAMS', max: 94_999 } });
  const fast = await board({ name: 'fast', budget: { axis: 'LATENCY_MS', max: 1000 } });
  const hidden = await board({ name: 'hidden', visibility: 'PRIVATE' });
  await playUntil(platform, search, 'end');
  const counts = [];
  for (const { id } of [fits, tooSmall, fast, hidden]) {
    counts.push((await pageOfOwner(db, entriesOfBoards, id, { first: 10 })).edges.length);
  }
  expect(counts).toEqual([2, 0, 0, 0]);

  const [network] = await networksOf(db, search.id);
  const networkId = network?.id ?? '';
  const enter = (leaderboardId: string) =>
    enterLeaderboard(db, platform.queue, { leaderboardId, networkId, userId: null });
  await expect(enter(tooSmall.id)).rejects.toMatchObject({
    code: 'INFEASIBLE',
    path: ['network'],
    message: "The network's params is 95000, and the board takes 94999 at most.",
  });
  await expect(enter(fast.id)).rejects.toMatchObject({
    code: 'INFEASIBLE',
    message: "The network's latencyMs is not known, and the board takes 1000 at most.",
  });
  const entry = await enter(hidden.id);
  expect(entry).toMatchObject({ state: 'VERIFYING', top1: network?.top1 });
  // Once.
  expect((await enter(hidden.id)).id).toBe(entry.id);
  expect(await told(hidden.id)).toEqual(['ENTERED 0.7', 'LEADER_CHANGED 0.7']);
});

test('networks of a private search enter nothing by themselves', async () => {
  const { db } = platform;
  await db.prisma.search.update({ where: { id: search.id }, data: { visibility: 'PRIVATE' } });
  await playUntil(platform, search, 'end');
  const { edges } = await listLeaderboards(db, { first: 10, reader: localReader });
  expect(edges).toEqual([]);
});

test('only tested networks of the same data enter, audited ones when they are asked to', async () => {
  const { db, queue } = platform;
  await playUntil(platform, search, 'end');
  const audit = await startAudit(db, queue, {
    searchId: search.id,
    spec: auditSpec.parse({ networks: 4 }),
    networks: plannedNetworks(4),
  });
  const [drawn, untested] = await networksOf(db, search.id, 'AUDIT');
  await playJob(await takeAttempt(platform, 'retrain'), 0.9);
  expect(audit.state).toBe('QUEUED');
  expect(await boardEntries(db)).toHaveLength(2);
  const { id: leaderboardId } = await firstBoard(db);
  const enter = (networkId: string, to = leaderboardId) =>
    enterLeaderboard(db, queue, { leaderboardId: to, networkId, userId: null });
  await enter(drawn?.id ?? '');
  expect((await boardEntries(db)).map(({ top1 }) => top1)).toEqual([0.9, 0.75, 0.7]);
  await expect(enter(untested?.id ?? '')).rejects.toMatchObject({ code: 'NOT_READY' });
  await expect(enter(search.id)).rejects.toMatchObject({ code: 'NOT_FOUND', path: ['network'] });
  await expect(enter(drawn?.id ?? '', search.id)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    path: ['leaderboard'],
  });

  const elsewhere = await db.prisma.leaderboard.create({
    data: {
      ...{ teamId: localTeamId, name: 'other data', datasetHash: 'e'.repeat(64) },
      ...{ datasetKind: 'cifar10', imageSize: 32, classCount: 10, testCount: 10_000 },
    },
  });
  await expect(enter(drawn?.id ?? '', elsewhere.id)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(/data set d{64}.*board is of e{64}/),
  });
});

test('the history says who led when, also after a leader is withdrawn', async () => {
  const { db, queue } = platform;
  await playUntil(platform, search, 'end');
  const { id: leaderboardId } = await firstBoard(db);
  await trained('better', 0.9, 0.8);
  const [leader, before] = await boardEntries(db);
  expect(leader?.top1).toBeCloseTo(0.85, 12);
  expect(leader?.top1Deviation).toBeCloseTo(Math.SQRT1_2 / 10, 12);
  // As good as the leader, but later: the lead stays.
  await trained('equal', 0.9, 0.8);
  const ranks = await ranksOfEntries(
    db,
    (await boardEntries(db)).map(({ id }) => id),
  );
  expect(ranks.map(({ rank }) => rank).sort()).toEqual([1, 2, 3, 4]);
  await withdrawEntry(db, queue, { entryId: leader?.id ?? '' });
  const [next] = await boardEntries(db);
  expect(next?.top1).toBeCloseTo(0.85, 12);
  await withdrawEntry(db, queue, { entryId: next?.id ?? '' });
  expect((await boardEntries(db)).map(({ id }) => id)[0]).toBe(before?.id);

  const { edges } = await pageOfOwner(db, leadsOfBoards, leaderboardId, { first: 10 });
  const leads = edges.map(({ node }) => node).reverse();
  expect(leads.map(({ top1 }) => Math.round((top1 ?? 0) * 100))).toEqual([70, 75, 85, 85, 75]);
  expect(leads.map(({ entryId }) => entryId).slice(2)).toEqual([leader?.id, next?.id, before?.id]);
  expect(leads.map(({ until }) => until)).toEqual([
    ...leads.slice(1).map(({ since }) => since),
    null,
  ]);
  const page = await pageOfOwner(db, leadsOfBoards, leaderboardId, { first: 2 });
  const rest = await pageOfOwner(db, leadsOfBoards, leaderboardId, {
    ...{ first: 10, after: page.endCursor },
  });
  expect([...page.edges, ...rest.edges]).toEqual(edges);

  // Withdrawn with its verification: nothing of it is left to do.
  const open = await db.prisma.job.count({ where: { entryId: leader?.id ?? '', state: 'QUEUED' } });
  expect(open).toBe(0);
  const back = await enterLeaderboard(db, queue, {
    ...{ leaderboardId, networkId: leader?.networkId ?? '', userId: null },
  });
  expect(back).toMatchObject({ id: leader?.id, state: 'VERIFYING' });
  expect((await boardEntries(db))[0]?.id).toBe(leader?.id);
});

test('entries come in every order and by every filter, page by page', async () => {
  const { db, queue } = platform;
  await playUntil(platform, search, 'end');
  for (const top1 of [0.9, 0.8, 0.85]) await trained(`${top1}`, top1);
  const { id: leaderboardId } = await firstBoard(db);
  const [best] = await boardEntries(db);
  await withdrawEntry(db, queue, { entryId: best?.id ?? '' });
  const read = async (request: Omit<Parameters<typeof entriesOfBoards.pages>[2], 'first'>) => {
    const all: number[] = [];
    let after: string | null = null;
    for (;;) {
      const page: Page<EntryRow> = await pageOfOwner(db, entriesOfBoards, leaderboardId, {
        ...{ ...request, first: 1, after },
      });
      all.push(...page.edges.map(({ node }) => node.top1));
      if (!page.hasNextPage) return all;
      after = page.endCursor;
    }
  };
  expect(await read({})).toEqual([0.85, 0.8, 0.75, 0.7]);
  expect(await read({ orderBy: { field: 'ENTERED_AT' } })).toEqual([0.7, 0.75, 0.8, 0.85]);
  expect(await read({ orderBy: { field: 'TOP1', direction: 'ASC' } })).toEqual([
    0.7, 0.75, 0.8, 0.85,
  ]);
  expect(await read({ orderBy: { field: 'ENTERED_AT', direction: 'DESC' } })).toEqual([
    0.85, 0.8, 0.75, 0.7,
  ]);
  expect(await read({ orderBy: { field: 'PARAMS' } })).toEqual([0.7, 0.75, 0.8, 0.85]);
  expect(await read({ orderBy: { field: 'MACS' }, filter: { states: ['WITHDRAWN'] } })).toEqual([
    0.9,
  ]);
  expect(await read({ filter: { searchId: search.id } })).toHaveLength(4);
  expect(await read({ filter: { teamId: search.id } })).toEqual([]);
  expect(await read({ filter: { networkId: best?.networkId } })).toEqual([]);
  expect(await read({ filter: { params: { max: 95_000 }, macs: { min: 1 } } })).toHaveLength(4);
  expect(await read({ filter: { params: { max: 94_999 } } })).toEqual([]);
  expect(await read({ filter: { macs: { min: 4_200_000_001 } } })).toEqual([]);
  await expect(
    pageOfOwner(db, entriesOfBoards, leaderboardId, { first: 1, after: 'no cursor' }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT', path: ['after'] });
});

test('what an entry shows does not change', async () => {
  const { db } = platform;
  await playUntil(platform, search, 'end');
  const [entry] = await boardEntries(db);
  const id = entry?.id ?? '';
  for (const data of [
    { top1: 1 },
    { params: 1 },
    { architecture: 'other' },
    { datasetHash: 'f' },
  ]) {
    await expect(db.prisma.entry.update({ where: { id }, data })).rejects.toThrow(
      'what a row of entry shows does not change',
    );
  }
  await expect(
    db.prisma.leaderboardEvent.updateMany({ where: { entryId: id }, data: { top1: 1 } }),
  ).rejects.toThrow('a finished row of leaderboard_event does not change');
});
