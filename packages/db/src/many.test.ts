import { afterAll, beforeAll, expect, test } from 'vitest';
import { listCandidates } from './candidates.ts';
import { cellsOf } from './cells.ts';
import { listEntries } from './entries.ts';
import { jobsOf, runsOf } from './jobs.ts';
import {
  bestCandidatesOfMany,
  cellsOfMany,
  countEntries,
  countSearches,
  curveKeysOfMany,
  jobsOfMany,
  networksOfMany,
  ranksOfEntries,
  readEntries,
  readTeams,
  runsOfMany,
} from './many.ts';
import { networksOf } from './networks.ts';
import { localTeamId } from './team.ts';
import {
  openTestPlatform,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
} from './testing/index.ts';

let platform: TestPlatform;
let ids: string[];
beforeAll(async () => {
  platform = await openTestPlatform();
  const done = await startTestSearch(platform);
  await playUntil(platform, done, 'end');
  const begun = await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const points = { steps: [1], values: [1], wallTimes: [1] };
  await attempt.appendCurves([{ key: 'top1', ...points }]);
  await attempt.appendCurves([{ key: 'loss', ...points }]);
  await attempt.appendCurves([{ key: 'loss', ...points, steps: [2] }]);
  ids = [done.id, begun.id];
});
afterAll(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

/** By id, so that two orders can be compared. */
function sorted<T extends { id: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => a.id.localeCompare(b.id));
}

test('reading for many finds what reading for one does', async () => {
  const { db } = platform;
  const each = async <T>(read: (id: string) => Promise<T[]>) =>
    (await Promise.all(ids.map(read))).flat();
  expect(sorted(await cellsOfMany(db, ids))).toEqual(sorted(await each((id) => cellsOf(db, id))));
  expect(sorted(await networksOfMany(db, ids))).toEqual(
    sorted(await each((id) => networksOf(db, id))),
  );
  const jobs = await jobsOfMany(db, ids);
  expect(sorted(jobs)).toEqual(sorted(await each((id) => jobsOf(db, id))));
  const named = <T extends { jobId: string }>(runs: T[]) =>
    sorted(runs.map((run) => ({ id: run.jobId, ...run })));
  expect(
    named(
      await runsOfMany(
        db,
        jobs.map(({ id }) => id),
      ),
    ),
  ).toEqual(named(await each((id) => runsOf(db, id))));
});

test('the best candidate of a cell is the first by loss', async () => {
  const { db } = platform;
  const cells = await cellsOf(db, ids[0] ?? '');
  const unrated = await cellsOf(db, ids[1] ?? '');
  const firsts = await Promise.all(
    cells.map(
      async ({ id }) =>
        (await listCandidates(db, id, { orderBy: 'LOSS', first: 1 })).edges[0]?.node,
    ),
  );
  const all = [...cells, ...unrated].map(({ id }) => id);
  expect(await bestCandidatesOfMany(db, all)).toEqual(firsts);
});

test('keys of curves come by name, once', async () => {
  const { db } = platform;
  const jobs = await jobsOfMany(db, ids);
  const keys = await curveKeysOfMany(
    db,
    jobs.map(({ id }) => id),
  );
  expect(keys.map(({ key }) => key)).toEqual(['loss', 'top1']);
});

test('entries have their place, teams their name, lists their length', async () => {
  const { db } = platform;
  const entries = (await listEntries(db, { first: 10 })).edges.map(({ node }) => node);
  const ranks = await ranksOfEntries(
    db,
    entries.map(({ id }) => id),
  );
  expect(sorted(ranks)).toEqual(sorted(entries.map(({ id }, i) => ({ id, rank: i + 1 }))));
  expect(
    sorted(
      await readEntries(
        db,
        entries.map(({ id }) => id),
      ),
    ),
  ).toEqual(sorted(entries));
  expect(await countEntries(db)).toBe(2);
  expect(await countSearches(db, {})).toBe(2);
  expect(await countSearches(db, { state: 'COMPLETE' })).toBe(1);
  expect(await readTeams(db, [localTeamId])).toEqual([{ id: localTeamId, name: 'local' }]);
});
