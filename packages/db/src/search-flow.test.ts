import { afterAll, beforeAll, expect, test } from 'vitest';
import { ratingsOf } from './candidates.ts';
import { cellsOf } from './cells.ts';
import { readEvents } from './events.ts';
import { jobsOf, runsOf } from './jobs.ts';
import { networksOf } from './networks.ts';
import { datasetOf, readSearch, teacherOf } from './searches.ts';
import {
  boardEntries,
  distilResult,
  openTestPlatform,
  playUntil,
  rateResult,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  teacherResult,
  testArtifact,
  testCells,
  testSpec,
} from './testing/index.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

test('a search flows from the teacher to a COMPLETE leaderboard', async () => {
  const { db } = platform;
  const search = await startTestSearch(platform);
  expect(search).toMatchObject({
    state: 'QUEUED',
    phase: 'teacher',
    spec: testSpec,
    spaceSize: 2n ** 70n,
    engine: null,
  });
  await playUntil(platform, search, 'end');

  const done = await readSearch(db, search.id);
  expect(done).toMatchObject({ state: 'COMPLETE', phase: null, engine: 'wasm', failure: null });
  expect(done?.finishedAt).toBeInstanceOf(Date);

  expect(await datasetOf(db, search.id)).toEqual(teacherResult.dataset);
  const { bytes: _, confusion: __, ...teacher } = teacherResult.teacher;
  expect(await teacherOf(db, search.id)).toEqual({
    searchId: search.id,
    visibility: null,
    ...teacher,
  });

  const jobs = await jobsOf(db, search.id);
  expect(jobs.map(({ kind, state, attempt }) => `${kind} ${state} ${attempt}`)).toEqual([
    'teacher COMPLETE 1',
    ...Array(3).fill('distil COMPLETE 1'),
    ...Array(3).fill('rate COMPLETE 1'),
    'solve COMPLETE 1',
    ...Array(2).fill('retrain COMPLETE 1'),
    ...Array(2).fill('verify COMPLETE 1'),
  ]);
  const runs = await runsOf(db, search.id);
  expect(runs).toHaveLength(jobs.length);
  expect(new Set(runs.map(({ state, trainerName }) => `${state} ${trainerName}`))).toEqual(
    new Set(['COMPLETE Trainer A']),
  );

  const cells = await cellsOf(db, search.id);
  expect(cells.map(({ block, index, candidateCount }) => [block, index, candidateCount])).toEqual(
    testCells.map(({ block, index, candidateCount }) => [block, index, candidateCount]),
  );
  expect(cells[0]).toMatchObject({
    bestPath: 'path-0',
    bestLoss: 1 / 17,
    finalLoss: 0.25,
    steps: 100,
  });
  expect(await ratingsOf(db, search.id)).toEqual(
    cells.map((cell) => ({
      cellId: cell.id,
      block: cell.block,
      cell: cell.index,
      losses: rateResult(cell.candidateCount).losses,
    })),
  );

  const networks = await networksOf(db, search.id);
  expect(networks.map(({ rank, top1, top1Deviation }) => [rank, top1, top1Deviation])).toEqual([
    [1, 0.7, null],
    [2, 0.75, null],
  ]);
  expect(networks[0]?.choices).toEqual([
    { cell: 0, path: [0] },
    { cell: 0, path: [2] },
  ]);
  const entries = await boardEntries(db);
  expect(
    entries.map(({ top1, predictedRank, teacherTop1, state }) => [
      top1,
      predictedRank,
      teacherTop1,
      state,
    ]),
  ).toEqual([
    [0.75, 2, 0.8, 'VERIFIED'],
    [0.7, 1, 0.8, 'VERIFIED'],
  ]);
  expect(entries[0]?.macs).toBe(4_200_000_000);
});

test('events tell the whole story in order', async () => {
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'end');
  const events = await readEvents(platform.db, search.id, 0, 1000);
  expect(events.map(({ cursor }) => cursor)).toEqual(events.map((_, i) => i + 1));
  const told = events.flatMap(({ event }) =>
    event.kind === 'SEARCH_CHANGED' ? [`${event.state} ${event.phase}`] : [],
  );
  expect(told).toEqual([
    'QUEUED teacher',
    'RUNNING teacher',
    'RUNNING distil',
    'RUNNING rate',
    'RUNNING solve',
    'RUNNING retrain',
    'COMPLETE null',
  ]);
  // Behind the search's end come only the verifications of its entries.
  const end = events.findLastIndex(({ event }) => event.kind === 'SEARCH_CHANGED');
  const later = events.slice(end + 1).map(({ event }) => event);
  expect(later.map((event) => event.kind === 'JOB_CHANGED' && event.jobKind)).toEqual(
    Array(4).fill('verify'),
  );
  expect(events.filter(({ event }) => event.kind === 'CELL_RATED')).toHaveLength(3);
  expect(await readEvents(platform.db, search.id, events.length - 1, 10)).toEqual(events.slice(-1));
});

test('a cell that is distilled is rated while others are still distilled', async () => {
  const search = await startTestSearch(platform);
  await playUntil(platform, search, 'distil');
  const first = await takeAttempt(platform, 'distil');
  await first.completeDistil(distilResult('first'));
  const rate = await takeAttempt(platform, 'rate');
  expect(rate.cell?.sha256).toBe(testArtifact('first').sha256);
  expect(rate.teacher?.sha256).toBe(teacherResult.teacher.sha256);
  await rate.completeRate(rateResult(rate.cell?.candidateCount ?? 0));
  expect(await readSearch(platform.db, search.id)).toMatchObject({ phase: 'distil' });
  expect(await platform.queue.fetch('solve')).toBeNull();
});

test('a value that is not finite is refused with a reason and changes nothing', async () => {
  const own = await openTestPlatform();
  const { db, queue } = own;
  const search = await startTestSearch({ db, queue });
  await playUntil({ db, queue }, search, 'rate');
  const attempt = await takeAttempt({ db, queue }, 'rate');
  const result = rateResult(attempt.cell?.candidateCount ?? 0);
  const losses = Float64Array.from(result.losses);
  losses[3] = Number.NaN;
  await expect(attempt.completeRate({ ...result, losses })).rejects.toMatchObject({
    code: 'DIVERGED',
    message: 'The rating of path path-3 is NaN.',
  });
  expect(await ratingsOf(db, search.id)).toEqual([]);
  await expect(
    db.prisma.candidate.create({
      data: {
        cellId: attempt.cell?.id ?? '',
        index: 0,
        path: 'p',
        loss: Number.NaN,
        params: 1,
        macs: 1,
        flopsTool: 1,
        rank: 1,
      },
    }),
  ).rejects.toThrow('candidate_loss_finite');
  await attempt.completeRate(result);
  expect(await ratingsOf(db, search.id)).toHaveLength(1);
  await own.close();
});

test('finished rows do not change, whoever tries', async () => {
  const search = await startTestSearch(platform);
  await platform.db.prisma.job.updateMany({
    where: { searchId: search.id },
    data: { state: 'FAILED' },
  });
  await expect(
    platform.db.prisma.job.updateMany({ where: { searchId: search.id }, data: { note: 'late' } }),
  ).rejects.toThrow('a finished row of job does not change');
});
