import { jobKinds } from '@blockwise/contracts';
import { nextDelivery, seeTrainer } from '@blockwise/db';
import { takeAttempt, testTrainer } from '@blockwise/db/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bringPeople, type People } from '../testing/people.ts';
import { type Caller, type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import {
  playDistil,
  playRate,
  playTeacher,
  specInput,
  startSearch,
} from '../testing/test-search.ts';
import { decodeGlobalId } from './global-id.ts';

/* The queue as it fills, is worked on, and is emptied; one test goes on where the last one ended. */

let api: TestApi;
let people: People;
let mine: Caller;
beforeAll(async () => {
  api = await startTestApi();
  people = await bringPeople(api.platform.db);
  mine = api.as(people.tokens.owner);
});
afterAll(() => api.close());

const query = `query ($first: Int, $after: String) { queue {
  waiting running paused phases { phase waiting running paused } seconds { low high } gap
  searchSeconds { low high } searchBasis
  trainers { takingJobs draining lost slots busySlots }
  jobs(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    nodes { id kind search { id priority } cell { index } } } } }`;
const read = async (of: Caller = mine, variables = {}): Promise<Data> =>
  (await of.ask(query, variables)).queue;
const setPriority = (search: string, priority: string) =>
  mine.ask(
    `mutation { setPriority(input: { search: "${search}", priority: ${priority} }) { id } }`,
  );

it('is empty at once where there is nothing to do', async () => {
  expect(await read()).toMatchObject({
    ...{ waiting: 0, running: 0, paused: 0, phases: [], gap: null },
    ...{ seconds: { low: 0, high: 0 }, searchSeconds: { low: 0, high: 0 } },
    trainers: { takingJobs: 0, draining: 0, lost: 0, slots: 0, busySlots: 0 },
    jobs: { totalCount: 0, nodes: [] },
  });
});

it('says what waits, and why nobody knows how long', async () => {
  await startSearch(mine);
  expect(await read()).toMatchObject({
    ...{ waiting: 1, seconds: null, gap: 'NO_TRAINER' },
    phases: [{ phase: 'TEACHER', waiting: 1, running: 0, paused: 0 }],
  });
  await seeTrainer(api.platform.db, testTrainer);
  const alone = await read();
  expect(alone).toMatchObject({ seconds: null, gap: 'NOT_MEASURED', searchBasis: 'DEFAULT' });
  // The whole search, as it was forecast before it began.
  const { checkSearch: check } = await mine.ask(
    `query ($spec: SearchSpecInput!) { checkSearch(input: { spec: $spec }) { seconds { low high } } }`,
    { spec: specInput },
  );
  expect(alone.searchSeconds.low).toBeCloseTo(check.seconds.low, 6);
  expect(alone.searchSeconds.high).toBeCloseTo(check.seconds.high, 6);
  await playTeacher(api.platform);
  expect(await read()).toMatchObject({ waiting: 3, seconds: null, gap: 'NOT_MEASURED' });
  const taught = (await read()).searchSeconds;
  expect(taught.low).toBeLessThan(alone.searchSeconds.low);
  await playDistil(api.platform);
  expect((await read()).gap).toBe('NOT_MEASURED');
});

it('forecasts by what has finished here, and by the rate of what is under way', async () => {
  await playRate(api.platform);
  const { seconds: measured, gap } = await read();
  expect(gap).toBeNull();
  expect(measured.low).toBeGreaterThan(0);
  expect(measured.high).toBeGreaterThan(measured.low);
  const attempt = await takeAttempt(api.platform, 'distil');
  const progress = { unit: 'steps', perSecond: 1, note: null };
  await attempt.progress({ done: 0, total: 1_000_000, ...progress });
  const { seconds, searchSeconds, running, waiting, trainers } = await read();
  expect({ running, waiting }).toEqual({ running: 1, waiting: 1 });
  expect(trainers).toMatchObject({ takingJobs: 1, slots: 1, busySlots: 1 });
  expect(seconds.low).toBeGreaterThan(1_000_000 / 1.2);
  expect(seconds.high).toBeLessThan(1_000_000 * 1.3);
  // The search lasts at least as long as the job says.
  expect(searchSeconds.low).toBeGreaterThan(1_000_000 / 1.2 - 1);
  await attempt.progress({ done: 999_999, total: 1_000_000, ...progress });
  expect((await read()).seconds.high).toBeLessThan(measured.high + 2);
});

it('leaves out trainers that are drained or lost, but for those that were started anew', async () => {
  const { prisma } = api.platform.db;
  await seeTrainer(api.platform.db, { ...testTrainer, id: 'b', name: 'B', slots: 3 });
  const states = async () => (await read()).trainers;
  expect(await states()).toMatchObject({ takingJobs: 2, slots: 4, busySlots: 1 });
  await prisma.trainer.update({ where: { id: testTrainer.id }, data: { isDraining: true } });
  expect(await states()).toMatchObject({ takingJobs: 1, draining: 1, slots: 3, busySlots: 0 });
  const silentFor = (minutes: number) =>
    prisma.trainer.update({
      where: { id: 'b' },
      data: { lastSeen: new Date(Date.now() - minutes * 60_000) },
    });
  await silentFor(4);
  expect(await states()).toMatchObject({ takingJobs: 0, draining: 1, lost: 1, slots: 0 });
  expect(await read()).toMatchObject({ seconds: null, gap: 'NO_TRAINER', searchSeconds: null });
  await prisma.trainer.update({ where: { id: 'b' }, data: { isDraining: true } });
  expect(await states()).toMatchObject({ lost: 0 });
  await prisma.trainer.update({ where: { id: 'b' }, data: { isDraining: false } });
  await seeTrainer(api.platform.db, { ...testTrainer, id: 'b anew', name: 'B' });
  expect(await states()).toMatchObject({ takingJobs: 1, lost: 0 });
  await prisma.trainer.delete({ where: { id: 'b anew' } });
  await silentFor(25 * 60);
  expect(await states()).toMatchObject({ takingJobs: 0, lost: 0 });
});

it('lists what waits in the order in which it is given out, to those who may see it', async () => {
  const { db, queue } = api.platform;
  const [low, high] = [await startSearch(mine), await startSearch(mine)];
  await setPriority(low, 'LOW');
  await setPriority(high, 'HIGH');
  const kept = await startSearch(mine);
  await mine.ask(`mutation { pauseSearch(input: { search: "${kept}" }) { id } }`);
  const { jobs, waiting, paused, phases } = await read();
  expect({ waiting, paused }).toEqual({ waiting: 3, paused: 1 });
  expect(phases[0]).toEqual({ phase: 'TEACHER', waiting: 2, running: 0, paused: 1 });
  expect(jobs.nodes.map(({ kind, search }: Data) => [kind, search.priority])).toEqual([
    ['TEACHER', 'HIGH'],
    ['DISTIL', 'NORMAL'],
    ['TEACHER', 'LOW'],
  ]);
  const paged: Data[] = [];
  for (let after: string | null = null; ; ) {
    const page: Data = (await read(mine, { first: 2, after })).jobs;
    paged.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  expect(paged).toEqual(jobs.nodes);
  const outside = await read(api.as(people.tokens.outsider));
  expect(outside).toMatchObject({ waiting: 3, jobs: { totalCount: 0, nodes: [] } });
  const taker = { ...testTrainer, id: 'taker', name: 'taker' };
  const given: string[] = [];
  for (const _ of paged) {
    const next = await nextDelivery(db, queue, { trainer: taker, engine: 'wasm', kinds: jobKinds });
    given.push(next?.jobId ?? 'none');
  }
  expect(given).toEqual(paged.map(({ id }: Data) => decodeGlobalId(id).id));
});
