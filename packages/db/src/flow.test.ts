import { searchSpec } from '@blockwise/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cellsOf } from './cells.ts';
import { readEvents } from './events.ts';
import { jobsOf } from './jobs.ts';
import { latencyTablesOf } from './latency-tables.ts';
import { networksOf, retrainingsOf } from './networks.ts';
import { poolOf } from './pool.ts';
import { searchSeconds } from './run-seconds.ts';
import { readSearch, teacherOf } from './searches.ts';
import {
  boardEntries,
  distilResult,
  latencyResult,
  openTestPlatform,
  playJob,
  playUntil,
  rateResult,
  retrainResult,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  teacherResult,
  testArtifact,
  testSpec,
} from './testing/index.ts';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

/** The test's specification with other parts. */
function specWith(parts: object) {
  return searchSpec.parse({ ...testSpec, ...parts });
}

/** Jobs as `kind STATE`, in the order of phases. */
async function told(searchId: string): Promise<string[]> {
  return (await jobsOf(platform.db, searchId)).map(({ kind, state }) => `${kind} ${state}`);
}

test('the exact search waits for the latency table, and cells do not', async () => {
  const search = await startTestSearch(platform, { spec: specWith({ latency: { repeats: 5 } }) });
  await playUntil(platform, search, 'latency');
  expect(await readSearch(platform.db, search.id)).toMatchObject({ phase: 'latency' });
  expect(await latencyTablesOf(platform.db, search.id)).toMatchObject([
    { spec: { engine: null, batch: 1, repeats: 5 }, measured: null },
  ]);
  for (const kind of ['distil', 'distil', 'distil', 'rate', 'rate', 'rate'] as const) {
    await playJob(await takeAttempt(platform, kind));
  }
  expect(await readSearch(platform.db, search.id)).toMatchObject({ phase: 'latency' });
  expect(await platform.queue.fetch('solve')).toBeNull();

  const latency = await takeAttempt(platform, 'latency');
  expect(latency.latencyTable?.spec.repeats).toBe(5);
  await expect(
    latency.completeLatency({ ...latencyResult, milliseconds: { stem: Number.NaN } }),
  ).rejects.toMatchObject({ code: 'DIVERGED' });
  await latency.completeLatency(latencyResult);
  const [table] = await latencyTablesOf(platform.db, search.id);
  const { measuredAt, ...measured } = table?.measured ?? { measuredAt: null };
  expect(measured).toEqual(latencyResult);
  expect(measuredAt).toBeInstanceOf(Date);
  expect(await readSearch(platform.db, search.id)).toMatchObject({ phase: 'solve' });
  await playUntil(platform, search, 'end');
  expect(await readSearch(platform.db, search.id)).toMatchObject({ state: 'COMPLETE' });
  const events = await readEvents(platform.db, search.id, 0, 1000);
  expect(events.map(({ event }) => event)).toContainEqual({
    kind: 'LATENCY_MEASURED',
    engine: 'wasm',
    device: '2 CPU slots',
  });
});

test('a table that is measured first starts no exact search', async () => {
  const search = await startTestSearch(platform, { spec: specWith({ latency: {} }) });
  await playUntil(platform, search, 'distil');
  expect((await latencyTablesOf(platform.db, search.id))[0]?.measured).not.toBeNull();
  await playUntil(platform, search, 'solve');
  expect((await told(search.id)).filter((line) => line.startsWith('solve'))).toEqual([
    'solve QUEUED',
  ]);
});

for (const strategy of ['s1', 's2']) {
  test(`with ${strategy} a block begins when every cell of the one before is rated`, async () => {
    const search = await startTestSearch(platform, { spec: specWith({ distil: { strategy } }) });
    await playUntil(platform, search, 'distil');
    expect(await told(search.id)).toEqual(['teacher COMPLETE', 'distil QUEUED', 'distil QUEUED']);
    await playJob(await takeAttempt(platform, 'distil'));
    await playJob(await takeAttempt(platform, 'rate'));
    expect(await platform.queue.fetch('solve')).toBeNull();
    const second = await takeAttempt(platform, 'distil');
    expect(second.cell?.block).toBe(0);
    expect((await told(search.id)).filter((line) => line === 'distil QUEUED')).toEqual([]);
    await playJob(second);
    await playJob(await takeAttempt(platform, 'rate'));

    // The phase goes back: the next block is distilled.
    expect(await readSearch(platform.db, search.id)).toMatchObject({ phase: 'distil' });
    const later = await takeAttempt(platform, 'distil');
    expect(later.cell?.block).toBe(1);
    await playJob(later);
    expect(await platform.queue.fetch('solve')).toBeNull();
    await playUntil(platform, search, 'end');
    expect(await readSearch(platform.db, search.id)).toMatchObject({ state: 'COMPLETE' });
    expect(await told(search.id)).toEqual([
      'teacher COMPLETE',
      ...Array(3).fill('distil COMPLETE'),
      ...Array(3).fill('rate COMPLETE'),
      'solve COMPLETE',
      ...Array(2).fill('retrain COMPLETE'),
      ...Array(2).fill('verify COMPLETE'),
    ]);
  });
}

test('the pool of a block has the best paths of all its cells', async () => {
  const { db } = platform;
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'rate');
  expect(await poolOf(db, search.id, 0, 5)).toEqual([]);
  await playUntil(platform, search, 'solve');
  const cells = (await cellsOf(db, search.id)).filter(({ block }) => block === 0);
  const all = cells.flatMap((cell) =>
    Array.from(rateResult(cell.candidateCount).losses, (loss, index) => ({
      cellId: cell.id,
      cell: cell.index,
      index,
      path: `path-${index}`,
      loss,
      sha256: testArtifact(`${search.id} ${cell.id}`).sha256,
    })),
  );
  all.sort((a, b) => a.loss - b.loss || a.cell - b.cell || a.index - b.index);
  for (const size of [1, 4, 9]) {
    expect(await poolOf(db, search.id, 0, size)).toEqual(all.slice(0, size));
  }
});

test('a network has the mean of its trainings, and the last one completes the search', async () => {
  const { db } = platform;
  const spec = specWith({ retrain: { networks: 1, seeds: 3, epochs: 2 } });
  const search = await startTestSearch(platform, { spec });
  await playUntil(platform, search, 'retrain');
  const [network] = await networksOf(db, search.id);
  const values = [0.5, 0.6, 0.9];
  for (const [i, top1] of values.entries()) {
    const attempt = await takeAttempt(platform, 'retrain');
    expect(attempt.retraining).toMatchObject({
      networkId: network?.id,
      position: i,
      seed: 40 + 100 * i,
      training: { recipe: 'small@1', epochs: 2, seeds: 3, init: 'scratch' },
      trained: null,
    });
    expect((await networksOf(db, search.id))[0]).toMatchObject({ top1: null, testedAt: null });
    expect((await readSearch(db, search.id))?.state).toBe('RUNNING');
    await attempt.completeRetrain(retrainResult(`seed ${i}`, top1));
  }
  expect((await readSearch(db, search.id))?.state).toBe('COMPLETE');
  const mean = (0.5 + 0.6 + 0.9) / 3;
  // ((1/6)² + (1/15)² + (7/30)²) / 2 = 13/300
  const deviation = Math.sqrt(13 / 300);
  const [tested] = await networksOf(db, search.id);
  expect(tested?.top1).toBeCloseTo(mean, 12);
  expect(tested?.top1Deviation).toBeCloseTo(deviation, 12);
  expect(tested?.sha256).toBe(testArtifact('seed 0').sha256);
  const retrainings = await retrainingsOf(db, network?.id ?? '');
  expect(retrainings.map(({ trained }) => trained?.top1)).toEqual(values);
  const [entry, ...others] = await boardEntries(db);
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    architecture: 'trained seed 0',
    macs: 4_200_000_000,
    predictedRank: 1,
    trainings: values.map((top1, i) => ({ top1, sha256: testArtifact(`seed ${i}`).sha256 })),
  });
  expect(entry?.top1).toBeCloseTo(mean, 12);
  expect(entry?.top1Deviation).toBeCloseTo(deviation, 12);
});

test('a solve with other seeds than the specification asks for is refused', async () => {
  const search = await startTestSearch(platform, { spec: specWith({ retrain: { seeds: 2 } }) });
  await playUntil(platform, search, 'solve');
  const attempt = await takeAttempt(platform, 'solve');
  const network = { architecture: 'n', choices: [], loss: 1, latencyMs: null, seeds: [1] };
  const costs = { params: 1, macs: 1, flopsTool: 1, activationBytes: 1 };
  await expect(attempt.completeSolve({ networks: [{ ...network, ...costs }] })).rejects.toThrow(
    '1 seeds for 2 trainings of n',
  );
  expect(await networksOf(platform.db, search.id)).toEqual([]);
});

test('a teacher that cannot be tested has no top-1, and neither do its entries', async () => {
  const search = await startTestSearch(platform);
  const attempt = await takeAttempt(platform, 'teacher');
  const { teacher } = teacherResult;
  await attempt.completeTeacher({
    ...teacherResult,
    teacher: { ...teacher, kind: 'layersModel', macs: null, top1: null, testCount: 0 },
  });
  expect(await teacherOf(platform.db, search.id)).toMatchObject({
    kind: 'layersModel',
    macs: null,
    top1: null,
    testCount: 0,
  });
  await playUntil(platform, search, 'end');
  const entries = await boardEntries(platform.db);
  expect(entries.map(({ teacherTop1 }) => teacherTop1)).toEqual([null, null]);
});

test('the cost of a search is the time of its attempts, lost ones included', async () => {
  const { db } = platform;
  const search = await startTestSearch(platform);
  const lost = await takeAttempt(platform, 'teacher');
  await lost.abandon();
  await playUntil(platform, search, 'end');
  const start = new Date('2026-01-01T00:00:00Z');
  await db.prisma.$transaction([
    db.prisma.$executeRaw`ALTER TABLE run DISABLE TRIGGER run_final`,
    db.prisma.run.updateMany({
      data: { startedAt: start, finishedAt: new Date(start.getTime() + 2500) },
    }),
    db.prisma.$executeRaw`ALTER TABLE run ENABLE TRIGGER run_final`,
  ]);
  // Two attempts at the teacher, three cells, three ratings, one exact search; no training.
  expect(await searchSeconds(db, search.id)).toBe(9 * 2.5);
});

test('two cells of a block that are rated at once start the next one once', async () => {
  const search = await startTestSearch(platform, {
    spec: specWith({ distil: { strategy: 's2' } }),
  });
  await playUntil(platform, search, 'rate');
  const attempts = [await takeAttempt(platform, 'rate'), await takeAttempt(platform, 'rate')];
  await Promise.all(attempts.map((attempt) => playJob(attempt)));
  expect((await told(search.id)).filter((line) => line === 'distil QUEUED')).toHaveLength(1);
  await (await takeAttempt(platform, 'distil')).completeDistil(distilResult('third'));
});
