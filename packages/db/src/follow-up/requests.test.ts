import { latencySpec, networkTraining } from '@blockwise/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { beginAttempt } from '../attempt/begin.ts';
import { readEvents } from '../events.ts';
import { jobsOf, readJob } from '../jobs.ts';
import { latencyTablesOf, readLatencyTable } from '../latency-tables.ts';
import { failLostJobs } from '../lost-jobs.ts';
import { networksOf, readNetwork, retrainingsOf } from '../networks.ts';
import type { SearchRow } from '../rows.ts';
import { readSearch } from '../searches.ts';
import {
  boardEntries,
  latencyResult,
  openTestPlatform,
  plannedNetworks,
  playJob,
  playUntil,
  retrainResult,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  testArtifact,
  testTrainer,
} from '../testing/index.ts';
import { seeTrainer } from '../trainers.ts';
import { cancelJob } from './cancel-job.ts';
import { requestCut } from './request-cut.ts';
import { requestLatency } from './request-latency.ts';
import { requestRetraining } from './request-retraining.ts';

let platform: TestPlatform;
let search: SearchRow;
beforeEach(async () => {
  platform = await openTestPlatform();
  search = await startTestSearch(platform);
  await playUntil(platform, search, 'end');
});
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  expect((await readSearch(platform.db, search.id))?.state).toBe('COMPLETE');
  await platform.close();
});

const failure = { code: 'DIVERGED', message: 'the loss is NaN' } as const;

function retrain(seeds: number, idempotencyKey?: string, networks = 2) {
  return requestRetraining(platform.db, platform.queue, {
    searchId: search.id,
    networks: plannedNetworks(networks, seeds),
    training: networkTraining.parse({ recipe: 'timm-modern@1', epochs: 3, seeds }),
    idempotencyKey,
  });
}

test('networks are trained on request, with a place on the leaderboard and no rank', async () => {
  const { db } = platform;
  const [network] = await retrain(2);
  expect(network).toMatchObject({ origin: 'REQUESTED', rank: null, auditId: null, top1: null });
  const attempt = await takeAttempt(platform, 'retrain');
  expect(attempt.retraining).toMatchObject({
    networkId: network?.id,
    training: { recipe: 'timm-modern@1', epochs: 3, seeds: 2 },
  });
  await attempt.completeRetrain(retrainResult('one', 0.9));
  await (await takeAttempt(platform, 'retrain')).completeRetrain(retrainResult('two', 0.8));
  expect(await readNetwork(db, network?.id ?? '')).toMatchObject({
    sha256: testArtifact('one').sha256,
  });
  const [leader] = await boardEntries(db);
  expect(leader).toMatchObject({ networkId: network?.id, predictedRank: null });
  expect(leader?.top1).toBeCloseTo(0.85, 12);
  expect(await networksOf(db, search.id)).toHaveLength(2);
  expect(await networksOf(db, search.id, 'REQUESTED')).toHaveLength(2);
});

test('a request that is sent again makes nothing new', async () => {
  const first = await retrain(1, 'one');
  const second = await retrain(1, 'one');
  const ids = (rows: typeof first) => rows.map(({ id }) => id).sort();
  expect(ids(second)).toEqual(ids(first));
  for (const other of [() => retrain(2, 'one'), () => retrain(1, 'one', 3)]) {
    await expect(other()).rejects.toMatchObject({ code: 'CONFLICT', path: ['idempotencyKey'] });
  }
  expect(await networksOf(platform.db, search.id, 'REQUESTED')).toHaveLength(2);
  expect(ids(await retrain(1))).not.toEqual(ids(first));
});

test('a training that fails leaves its network with the others, or without a result', async () => {
  const { db } = platform;
  const [network, second] = await retrain(2);
  await (await takeAttempt(platform, 'retrain')).fail(failure, { retry: false });
  await (await takeAttempt(platform, 'retrain')).completeRetrain(retrainResult('two', 0.8));
  expect(await readNetwork(db, network?.id ?? '')).toMatchObject({
    top1: 0.8,
    top1Deviation: null,
    sha256: testArtifact('two').sha256,
  });
  for (let i = 0; i < 2; i++) {
    await (await takeAttempt(platform, 'retrain')).fail(failure, { retry: false });
  }
  expect(await readNetwork(db, second?.id ?? '')).toMatchObject({ top1: null, testedAt: null });
  const jobs = (await jobsOf(db, search.id)).filter(({ state }) => state === 'FAILED');
  expect(jobs.map(({ failure: of }) => of)).toEqual(Array(3).fill(failure));
  expect(await boardEntries(db)).toHaveLength(3);
});

test('one training can be cancelled; the rest of its network counts', async () => {
  const { db, queue } = platform;
  const [network] = await retrain(2, undefined, 1);
  await (await takeAttempt(platform, 'retrain')).completeRetrain(retrainResult('one', 0.9));
  const running = await takeAttempt(platform, 'retrain');
  expect(await cancelJob(db, queue, running.job.id)).toMatchObject({ state: 'CANCELLED' });
  expect(await running.standing()).toBe('CANCELLED');
  expect(await readNetwork(db, network?.id ?? '')).toMatchObject({ top1: 0.9 });
  expect(await cancelJob(db, queue, running.job.id)).toMatchObject({ state: 'CANCELLED' });
  const [teacher] = await jobsOf(db, search.id);
  await expect(cancelJob(db, queue, teacher?.id ?? '')).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'The job is COMPLETE and cannot be cancelled.',
  });
  await expect(cancelJob(db, queue, search.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const other = await startTestSearch(platform);
  const [job] = await jobsOf(db, other.id);
  await expect(cancelJob(db, queue, job?.id ?? '')).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'The search is QUEUED; it has to be COMPLETE first.',
  });
});

test('latency goes to a trainer with the engine that is asked for, also after a fault', async () => {
  const { db, queue } = platform;
  const spec = latencySpec.parse({ engine: 'webgpu' });
  const table = await requestLatency(db, queue, { searchId: search.id, spec });
  const warnings = async () =>
    (await readEvents(db, search.id, 0, 1000)).filter(
      ({ event }) =>
        event.kind === 'MESSAGE' && event.text.includes('engine webgpu: none is there'),
    );
  expect(await warnings()).toHaveLength(1);
  await seeTrainer(db, { ...testTrainer, id: 'gpu', engine: 'webgpu' });
  const second = await requestLatency(db, queue, { searchId: search.id, spec });
  expect(await warnings()).toHaveLength(1);
  const measured = new Set<string>();
  for (const retry of [true, false, false]) {
    expect(await queue.fetch('latency', 'wasm')).toBeNull();
    const delivery = await queue.fetch('latency', 'webgpu');
    const attempt = delivery && (await beginAttempt(db, queue, delivery, { trainer: testTrainer }));
    if (!attempt) throw new Error('a trainer with the engine gets the job');
    measured.add(attempt.latencyTable?.id ?? '');
    if (retry) await attempt.fail(failure, { retry });
    else await attempt.completeLatency(latencyResult);
  }
  expect(measured).toEqual(new Set([table.id, second.id]));
  expect(await queue.fetch('latency', 'webgpu')).toBeNull();
});

test('latency is measured on request and solves nothing anew', async () => {
  const { db, queue } = platform;
  const spec = latencySpec.parse({ engine: 'wasm', batch: 8 });
  const request = () =>
    requestLatency(db, queue, { searchId: search.id, spec, idempotencyKey: 'one' });
  const table = await request();
  expect(table).toMatchObject({ spec, measured: null });
  const attempt = await takeAttempt(platform, 'latency');
  expect(attempt.latencyTable).toEqual(table);
  await attempt.completeLatency(latencyResult);
  expect((await readLatencyTable(db, table.id))?.measured).toMatchObject(latencyResult);
  expect((await request()).id).toBe(table.id);
  expect(await latencyTablesOf(db, search.id)).toHaveLength(1);
  expect(await queue.fetch('solve')).toBeNull();
  await expect(
    requestLatency(db, queue, {
      searchId: search.id,
      spec: { ...spec, batch: 9 },
      idempotencyKey: 'one',
    }),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a network is cut once, and again only when that failed', async () => {
  const { db, queue } = platform;
  const [network] = await networksOf(db, search.id);
  const networkId = network?.id ?? '';
  const first = await requestCut(db, queue, { networkId });
  expect((await requestCut(db, queue, { networkId })).id).toBe(first.id);
  const broken = await takeAttempt(platform, 'cut');
  expect(broken.network?.id).toBe(networkId);
  await broken.fail(failure, { retry: false });
  const second = await requestCut(db, queue, { networkId });
  expect(second.id).not.toBe(first.id);
  await playJob(await takeAttempt(platform, 'cut'));
  expect((await readNetwork(db, networkId))?.cut).toEqual({
    sha256: testArtifact(`cut ${networkId}`).sha256,
    architecture: `cut ${networkId}`,
    top1: 0.4,
  });
  expect(await requestCut(db, queue, { networkId })).toMatchObject({
    id: second.id,
    state: 'COMPLETE',
  });
  const events = await readEvents(db, search.id, 0, 10_000);
  expect(events.map(({ event }) => event)).toContainEqual({
    kind: 'NETWORK_CUT',
    networkId,
    top1: 0.4,
  });
  await expect(requestCut(db, queue, { networkId: search.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('work for a COMPLETE search is found again when its trainer or delivery is lost', async () => {
  const { db, queue } = platform;
  const [network] = await retrain(1, undefined, 1);
  const ghost = await takeAttempt(platform, 'retrain');
  for (let loss = 0; loss <= 3; loss++) {
    await db.prisma.$executeRaw`UPDATE pgboss.job SET state = 'failed' WHERE state = 'active'`;
    expect(await failLostJobs(db, queue)).toBe(1);
    if (loss < 3) {
      const heir = await takeAttempt(platform, 'retrain');
      expect(heir.job.retries).toBe(loss + 1);
      await expect(ghost.completeRetrain(retrainResult('late', 1))).rejects.toMatchObject({
        code: 'ATTEMPT_STALE',
      });
    }
  }
  expect(await readJob(db, ghost.job.id)).toMatchObject({
    state: 'FAILED',
    failure: { code: 'INTERNAL' },
  });
  expect(await readNetwork(db, network?.id ?? '')).toMatchObject({ top1: null });
  expect((await retrainingsOf(db, network?.id ?? ''))[0]?.trained).toBeNull();
  expect(await failLostJobs(db, queue)).toBe(0);
});
