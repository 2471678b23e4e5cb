import { auditSpec, latencySpec } from '@blockwise/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTeams } from './accounts/teams.ts';
import { auditsOf } from './audits.ts';
import { listCandidates } from './candidates.ts';
import { cellsOf } from './cells.ts';
import { requestLatency } from './follow-up/request-latency.ts';
import { startAudit } from './follow-up/start-audit.ts';
import { jobsOf, runsOf } from './jobs.ts';
import { latencyTablesOf, latencyTablesOfSearches } from './latency-tables.ts';
import { countSearches } from './list-searches.ts';
import {
  auditsOfMany,
  bestCandidatesOfMany,
  cellsOfMany,
  curveKeysOfMany,
  jobsOfMany,
  networksOfAudits,
  networksOfMany,
  retrainingsOfMany,
  runsOfMany,
} from './many.ts';
import { networksOf, retrainingsOf } from './networks.ts';
import { localTeamId } from './team.ts';
import {
  localReader,
  openTestPlatform,
  plannedNetworks,
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
  const { db, queue } = platform;
  const input = { searchId: done.id, spec: auditSpec.parse({ training: { seeds: 2 } }) };
  await startAudit(db, queue, { ...input, networks: plannedNetworks(4, 2) });
  await requestLatency(db, queue, { searchId: done.id, spec: latencySpec.parse({}) });
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
  const networks = await networksOfMany(db, ids, 'AUDIT');
  expect(sorted(networks)).toEqual(sorted(await each((id) => networksOf(db, id, 'AUDIT'))));
  const networkIds = networks.map(({ id }) => id);
  const retrainings = await Promise.all(networkIds.map((id) => retrainingsOf(db, id)));
  expect(retrainings.flat()).toHaveLength(8);
  expect(sorted(await retrainingsOfMany(db, networkIds))).toEqual(sorted(retrainings.flat()));
  const audits = await auditsOfMany(db, ids);
  expect(audits).toHaveLength(1);
  expect(audits).toEqual(await each((id) => auditsOf(db, id)));
  const auditIds = audits.map(({ id }) => id);
  expect(sorted(await networksOfAudits(db, auditIds))).toEqual(sorted(networks));
  const pages = await latencyTablesOfSearches.pages(db, ids, { first: 10 });
  const tables = ids.flatMap((id) => pages.get(id)?.edges.map(({ node }) => node) ?? []);
  expect(tables).toHaveLength(1);
  expect(tables).toEqual(await each((id) => latencyTablesOf(db, id)));
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

test('teams have their name, lists their length', async () => {
  const { db } = platform;
  expect(await countSearches(db, { reader: localReader })).toBe(2);
  expect(await countSearches(db, { reader: localReader, filter: { states: ['COMPLETE'] } })).toBe(
    1,
  );
  expect(await readTeams(db, [localTeamId])).toEqual([
    { id: localTeamId, name: 'local', createdAt: expect.any(Date) },
  ]);
});
