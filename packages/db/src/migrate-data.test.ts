import { auditSpec, searchSpec } from '@blockwise/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listCandidates } from './candidates.ts';
import { cellsOf } from './cells.ts';
import { type Database, openDatabase } from './database.ts';
import { readEvents } from './events.ts';
import { startAudit } from './follow-up/start-audit.ts';
import { jobsOf } from './jobs.ts';
import { readLeaderboardEvents } from './leaderboard/events.ts';
import { failLostJobs } from './lost-jobs.ts';
import { applyMigrations, migrate, migrationNames } from './migrate.ts';
import { networksOf, retrainingsOf } from './networks.ts';
import { openQueue, type Queue } from './queue.ts';
import { readSearch, teacherOf } from './searches.ts';
import { localTeamId } from './team.ts';
import {
  fillFirstVersion,
  firstRows,
  firstSearches,
  firstSpec,
  firstTraining,
} from './testing/first-version.ts';
import {
  boardEntries,
  createEmptyDatabase,
  firstBoard,
  plannedNetworks,
  playUntil,
  type TestDatabase,
} from './testing/index.ts';

/** What was done then, in the words of now. */
const trainedAsThen = {
  ...firstTraining,
  recipe: 'small@1',
  optimizer: 'adamw',
  momentum: 0.9,
  optimizerEpsilon: 1e-8,
  schedule: 'cosine',
  decay: 1,
  decayEpochs: 1,
  warmupEpochs: 1,
  warmupFrom: 0,
  dropout: 0,
  dropPath: 0,
  mixup: 0,
  cutmix: 0,
  ema: 0,
  microBatch: null,
};

const { done, atWork, takenOver } = firstSearches;
let database: TestDatabase;
let db: Database;
let queue: Queue;

beforeAll(async () => {
  database = await createEmptyDatabase();
  await applyMigrations(database.url, ['20261123000000_first']);
  await fillFirstVersion(database.url);
  expect(await migrate(database.url)).toEqual({
    applied: (await migrationNames()).slice(1),
  });
  db = await openDatabase({ url: database.url, applicationName: 'blockwise test' });
  queue = await openQueue(database.url, {
    supervise: false,
    retrySeconds: 0,
    onError: () => undefined,
  });
});
afterAll(async () => {
  await queue.close();
  await db.close();
  await database.drop();
});

test('a specification says in the new words what it said in the old', async () => {
  const { networks, ...training } = { ...trainedAsThen, networks: 2 };
  const { featureCacheMegabytes: cacheMegabytes, ...kept } = firstSpec;
  const whole = {
    ...kept,
    normalisation: 'data',
    teacher: { ...firstSpec.teacher, training },
    distil: {
      ...firstSpec.distil,
      microBatch: null,
      strategy: 'dna',
      poolSize: 3,
      loss: 'mse',
      sampling: 'uniform',
      optimizer: 'adam',
      momentum: 0.9,
      optimizerEpsilon: 1e-8,
      weightDecay: 0,
      schedule: 'step',
      warmupEpochs: 0,
      earlyStop: null,
      divergence: { explodesAt: 1e50, retryRate: null },
    },
    rating: { ...firstSpec.rating, measure: 'relativeL1', microBatch: null },
    solve: { lambdas: null, minDistance: 0 },
    latency: null,
    features: { dtype: 'f32', cacheMegabytes, microBatch: 64 },
    onOutOfMemory: 'fail',
    retrain: { ...training, networks, seeds: 1, init: 'scratch', globalDistil: null },
  };
  expect((await readSearch(db, done))?.spec).toEqual(whole);
  expect((await readSearch(db, takenOver))?.spec).toEqual({
    ...whole,
    teacher: { kind: 'search', searchId: done },
  });
  // Nothing is left to a default, which another version might change.
  const stored = await db.prisma.search.findUniqueOrThrow({ where: { id: done } });
  expect(searchSpec.parse(stored.spec)).toEqual(stored.spec);
});

test('teacher, candidates and leaderboard stay what they were', async () => {
  expect(await teacherOf(db, done)).toMatchObject({
    kind: 'train',
    top1: 0.8,
    testCount: 25,
    macs: 2000,
  });
  const candidates = await listCandidates(db, firstRows.cell, { orderBy: 'LOSS', first: 10 });
  expect(candidates.edges.map(({ node }) => node)).toMatchObject([
    { index: 8, loss: 0.5, error: null, kl: null, top1: null, activationBytes: null },
  ]);
  expect(await boardEntries(db)).toMatchObject([
    { id: firstRows.entry, top1: 0.7, top1Deviation: null, teacherTop1: 0.8, predictedRank: 1 },
  ]);
  expect(await cellsOf(db, done)).toHaveLength(1);
});

test('a board was made for the data set, with the entry, its lineage, and its history', async () => {
  const board = await firstBoard(db);
  expect(board).toMatchObject({
    teamId: localTeamId,
    name: `cifar10 ${'d'.repeat(8)}`,
    dataset: { hash: 'd'.repeat(64), kind: 'cifar10', imageSize: 32, classes: 2, testCount: 25 },
    budget: null,
    visibility: 'TEAM',
    eventCursor: 2,
  });
  const [entry] = await boardEntries(db);
  expect(entry).toMatchObject({
    state: 'UNVERIFIED',
    networkId: firstRows.network,
    searchId: done,
    training: { ...trainedAsThen, seeds: 1 },
    trainings: [{ seed: 77, architecture: 'network', top1: 0.7, sha256: 'a'.repeat(64) }],
    costs: [{ engine: 'tensorflow', device: 'TensorFlow 2, CPU, 4 threads', onGpu: false }],
    verification: null,
    imported: null,
  });
  // An hour for the teacher, half of one for the training.
  expect(entry?.costs[0]?.seconds).toBe(5400);
  const events = await readLeaderboardEvents(db, board.id, 0, 10);
  expect(events.map(({ cursor, kind, entryId }) => [cursor, kind, entryId])).toEqual([
    [1, 'ENTERED', firstRows.entry],
    [2, 'LEADER_CHANGED', firstRows.entry],
  ]);
});

test('a tested network has the one training that it had, and its event names it', async () => {
  const [network] = await networksOf(db, done);
  expect(network).toMatchObject({
    id: firstRows.network,
    origin: 'SOLVED',
    rank: 1,
    top1: 0.7,
    top1Deviation: null,
    activationBytes: null,
    createdAt: new Date('2026-11-20T12:00:00Z'),
  });
  const [retraining, ...others] = await retrainingsOf(db, firstRows.network);
  expect(others).toEqual([]);
  expect(retraining).toMatchObject({
    position: 0,
    seed: 77,
    training: { ...trainedAsThen, seeds: 1, init: 'scratch', globalDistil: null },
    trained: {
      architecture: 'network',
      params: 100,
      flopsTool: 250,
      top1: 0.7,
      sha256: 'a'.repeat(64),
      testedAt: new Date('2026-11-21T00:00:00Z'),
    },
  });
  const jobs = (await jobsOf(db, done)).filter(({ kind }) => kind === 'retrain');
  expect(jobs.map((job) => job.retrainingId)).toEqual([retraining?.id]);
  expect((await readEvents(db, done, 0, 10)).map(({ event }) => event)).toEqual([
    {
      kind: 'NETWORK_TESTED',
      networkId: firstRows.network,
      retrainingId: retraining?.id,
      top1: 0.7,
    },
  ]);
});

test('a search that was at work goes on, one that was COMPLETE can be audited', async () => {
  // Its delivery lay in a queue that this test has not filled.
  expect(await failLostJobs(db, queue)).toBe(1);
  const search = await readSearch(db, atWork);
  if (search === null) {
    throw new Error('the search is gone');
  }
  await playUntil({ db, queue }, search, 'end');
  expect(await readSearch(db, atWork)).toMatchObject({ state: 'COMPLETE', phase: null });
  expect((await networksOf(db, atWork))[0]).toMatchObject({ top1: 0.7 });

  const audit = await startAudit(db, queue, {
    searchId: done,
    spec: auditSpec.parse({ networks: 4 }),
    networks: plannedNetworks(4),
  });
  expect(audit.state).toBe('QUEUED');
  await expect(
    db.prisma.search.update({ where: { id: done }, data: { seed: 99 } }),
  ).rejects.toThrow('a finished row of search does not change');
});
