import { afterAll, beforeAll, expect, test } from 'vitest';
import { networksOf } from '../networks.ts';
import { pageOfOwner } from '../owned-list.ts';
import type { SearchRow } from '../rows.ts';
import { localTeamId } from '../team.ts';
import {
  boardEntries,
  firstBoard,
  localReader,
  openTestPlatform,
  playUntil,
  startTestSearch,
  type TestPlatform,
  teacherResult,
} from '../testing/index.ts';
import {
  type CreateLeaderboard,
  createLeaderboard,
  deleteLeaderboard,
  readLeaderboard,
  readSharedLeaderboard,
  shareLeaderboard,
  unshareLeaderboard,
  updateLeaderboard,
} from './boards.ts';
import { canonicalHash, canonicalJson } from './canonical-json.ts';
import { exportLeaderboard, importLeaderboard } from './document.ts';
import { countsOfBoards, entriesOfBoards, leadersOfBoards } from './entries.ts';
import { countLeaderboards, listLeaderboards } from './list-boards.ts';
import { verifyEntry } from './verify.ts';

let platform: TestPlatform;
let search: SearchRow;
beforeAll(async () => {
  platform = await openTestPlatform();
  search = await startTestSearch(platform);
  await playUntil(platform, search, 'end');
});
afterAll(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

function create(name: string, more: Partial<CreateLeaderboard> = {}) {
  return createLeaderboard(platform.db, {
    ...{ teamId: localTeamId, userId: null, name, description: 'mine' },
    datasetHash: teacherResult.dataset.hash,
    ...{ budget: null, tolerance: 0.01, visibility: 'TEAM' },
    ...more,
  });
}

test('a board is made, changed, and deleted with its entries; networks stay', async () => {
  const { db } = platform;
  const made = await create('one', { budget: { axis: 'MACS', max: 5e9 } });
  expect(await readLeaderboard(db, made.id)).toEqual(made);
  expect(made).toMatchObject({
    ...{ name: 'one', description: 'mine', budget: { axis: 'MACS', max: 5e9 } },
    ...{ tolerance: 0.01, visibility: 'TEAM', eventCursor: 0, isShared: false },
    dataset: { kind: 'procedural', classes: 3, imageSize: 32, testCount: 15 },
  });
  expect(await updateLeaderboard(db, made.id, { name: 'two', visibility: 'PUBLIC' })).toMatchObject(
    { name: 'two', description: 'mine', visibility: 'PUBLIC' },
  );
  await deleteLeaderboard(db, made.id);
  expect(await readLeaderboard(db, made.id)).toBeNull();
  for (const id of [made.id, 'none']) {
    for (const change of [deleteLeaderboard, unshareLeaderboard, shareLeaderboard]) {
      await expect(change(db, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(updateLeaderboard(db, id, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  expect(await networksOf(db, search.id)).toHaveLength(2);
  await expect(create('three', { datasetHash: 'e'.repeat(64) })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    path: ['datasetHash'],
  });
});

test('a share link is one secret at a time, of which only the hash is kept', async () => {
  const { db } = platform;
  const { id } = await firstBoard(db);
  const first = await shareLeaderboard(db, id);
  expect(first.leaderboard.isShared).toBe(true);
  expect((await readSharedLeaderboard(db, first.secret))?.id).toBe(id);
  const stored = await db.prisma.leaderboard.findUniqueOrThrow({ where: { id } });
  expect(JSON.stringify({ ...stored, budgetMax: null })).not.toContain(first.secret);
  const second = await shareLeaderboard(db, id);
  expect(await readSharedLeaderboard(db, first.secret)).toBeNull();
  expect((await readSharedLeaderboard(db, second.secret))?.id).toBe(id);
  expect((await unshareLeaderboard(db, id)).isShared).toBe(false);
  expect(await readSharedLeaderboard(db, second.secret)).toBeNull();
});

test('boards come by name or age, page by page, by every filter', async () => {
  const { db } = platform;
  for (const name of ['Alpha', 'beta', 'Gamma']) await create(name);
  const read = async (request: object) => {
    const all: string[] = [];
    let after: string | null = null;
    for (;;) {
      const page = await listLeaderboards(db, { reader: localReader, ...request, first: 2, after });
      all.push(...page.edges.map(({ node }) => node.name));
      if (!page.hasNextPage) return all;
      after = page.endCursor;
    }
  };
  const all = ['Gamma', 'beta', 'Alpha', 'procedural dddddddd'];
  expect(await read({})).toEqual(all);
  expect([...(await read({ orderBy: { field: 'NAME' } }))].sort()).toEqual([...all].sort());
  expect(await read({ filter: { name: 'ALPH' } })).toEqual(['Alpha']);
  expect(await read({ filter: { teamId: search.id } })).toEqual([]);
  expect(await read({ filter: { datasetHash: 'e'.repeat(64) } })).toEqual([]);
  expect(await read({ filter: { visibility: 'PUBLIC' } })).toEqual([]);
  expect(await read({ reader: { userId: null, teamIds: [], ownedTeamIds: [] } })).toEqual([]);
  expect(await countLeaderboards(db, { reader: localReader })).toBe(4);
});

test('leaders and numbers of entries come for many boards at once', async () => {
  const { db } = platform;
  const [leader] = await boardEntries(db);
  const { id } = await firstBoard(db);
  const empty = await create('empty');
  expect(await leadersOfBoards(db, [id, empty.id])).toEqual([leader]);
  expect(await countsOfBoards(db, [id, empty.id])).toEqual([{ leaderboardId: id, count: 2 }]);
  expect(await entriesOfBoards.counts(db, [id, empty.id])).toEqual(
    new Map([
      [id, 2],
      [empty.id, 0],
    ]),
  );
  const pages = await entriesOfBoards.pages(db, [empty.id, id], { first: 1 });
  expect(pages.get(empty.id)).toEqual({ edges: [], hasNextPage: false, endCursor: null });
  expect(pages.get(id)).toMatchObject({ edges: [{ node: leader }], hasNextPage: true });
});

test('a document makes the same board elsewhere, its entries unverified', async () => {
  const { db, queue } = platform;
  const { id } = await firstBoard(db);
  const document = await exportLeaderboard(db, id);
  expect(document).toMatchObject({
    ...{ format: 'blockwise-leaderboard', version: 1 },
    leaderboard: { name: 'procedural dddddddd', dataset: { hash: 'd'.repeat(64) }, budget: null },
    entries: [
      { rank: 1, state: 'VERIFIED', team: 'local', search: 'two blocks', top1: 0.75 },
      { rank: 2, state: 'VERIFIED', top1: 0.7, verifiedTop1: 0.7 },
    ],
  });
  // Through a file, its keys in another order.
  const sent = JSON.parse(canonicalJson(document));
  const made = await importLeaderboard(db, {
    ...{ teamId: localTeamId, userId: null, document: sent, visibility: 'TEAM', name: 'brought' },
  });
  const { edges } = await pageOfOwner(db, entriesOfBoards, made.id, { first: 10 });
  expect(edges.map(({ node }) => node)).toMatchObject(
    document.entries.map(({ top1, architecture, trainings, costs }) => ({
      ...{ top1, architecture, trainings, costs, state: 'UNVERIFIED', networkId: null },
      imported: { team: 'local', search: 'two blocks', verified: true },
      verification: null,
    })),
  );
  expect(made.eventCursor).toBe(3);
  await expect(verifyEntry(db, queue, { entryId: edges[0]?.node.id ?? '' })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('imported'),
  });
  const again = await exportLeaderboard(db, made.id);
  expect(again.entries.map(({ team, state }) => [team, state])).toEqual([
    ['local', 'UNVERIFIED'],
    ['local', 'UNVERIFIED'],
  ]);
});

test('an altered document is refused', async () => {
  const { db } = platform;
  const document = await exportLeaderboard(db, (await firstBoard(db)).id);
  const send = (sent: unknown) =>
    importLeaderboard(db, {
      teamId: localTeamId,
      userId: null,
      document: sent,
      visibility: 'TEAM',
    });
  const [best, ...others] = document.entries;
  const better = { ...document, entries: [{ ...best, top1: 0.99 }, ...others] };
  await expect(send(better)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    path: ['document', 'sha256'],
  });
  await expect(send({ ...document, version: 2 })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    path: ['document', 'version'],
  });
  await expect(send('none')).rejects.toMatchObject({ code: 'BAD_INPUT', path: ['document'] });
  const { sha256: _, ...rest } = document;
  const budget = { axis: 'PARAMS', max: 1 } as const;
  const small = { ...rest, leaderboard: { ...rest.leaderboard, budget } };
  await expect(send({ ...small, sha256: canonicalHash(small) })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    path: ['document', 'entries', 0],
  });
});

test('canonical JSON has one form for equal values', () => {
  expect(canonicalJson({ b: [1e-8, { z: null, a: 'ä' }], a: undefined, A: true })).toBe(
    '{"A":true,"b":[1e-8,{"a":"ä","z":null}]}',
  );
});
