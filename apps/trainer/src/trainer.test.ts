import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openArtifactStore } from '@blockwise/artifacts';
import { isFinalJobState, type SearchSpecInput } from '@blockwise/contracts';
import {
  cancelSearch,
  datasetOf,
  jobsOf,
  networksOf,
  ratingsOf,
  readEvents,
  readSearch,
  retrainingsOf,
  retryJob,
  runsOf,
  teacherOf,
} from '@blockwise/db';
import { boardEntries } from '@blockwise/db/testing';
import { networkOf, parseNetwork } from '@blockwise/dna';
import { readSafetensors, writeTimm } from '@blockwise/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sumOfUses } from './compute/feature-tally.ts';
import { openLog } from './log.ts';
import {
  finished,
  openPlatform,
  stepsOf,
  submit,
  type TestPlatform,
  until,
} from './testing/platform.ts';
import { tinyDataset, tinyDistil, tinySpec, tinyTeacher } from './testing/tiny-search.ts';
import { startTrainer, type Trainer } from './trainer.ts';

let platform: TestPlatform;
let trainer: Trainer;
let first: string;

beforeAll(async () => {
  platform = await openPlatform();
  trainer = await startTrainer({ ...platform.env, slots: 2 }, openLog('silent'));
  first = await submit(platform, tinySpec());
  await finished(platform, first);
  await until(async () =>
    (await jobsOf(platform.db, first)).every(({ state }) => isFinalJobState(state)),
  );
}, 120_000);
afterAll(async () => {
  await trainer?.stop();
  await platform?.close();
});

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

test('a search runs from its specification to the leaderboard', async () => {
  const { db } = platform;
  expect(await readSearch(db, first)).toMatchObject({ state: 'COMPLETE', failure: null });
  const jobs = await jobsOf(db, first);
  expect(jobs.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual(
    [
      'teacher COMPLETE',
      ...Array(4).fill('distil COMPLETE'),
      ...Array(4).fill('rate COMPLETE'),
      'solve COMPLETE',
      ...Array(2).fill('retrain COMPLETE'),
      ...Array(2).fill('verify COMPLETE'),
    ].sort(),
  );
  const networks = await networksOf(db, first);
  for (const { architecture, top1, sha256 } of networks) {
    expect(parseNetwork(architecture).blocks).toHaveLength(2);
    expect(top1).toBeGreaterThanOrEqual(0);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  const retrainings = await Promise.all(networks.map(({ id }) => retrainingsOf(db, id)));
  expect(new Set(retrainings.flat().map(({ seed }) => seed)).size).toBe(2);
  const entries = await boardEntries(db);
  expect(entries.map(({ networkId }) => networkId).sort()).toEqual(
    networks.map(({ id }) => id).sort(),
  );
});

test('every curve has each of its steps once', async () => {
  expect(await stepsOf(platform, first, 'teacher', 'loss')).toEqual([upTo(6)]);
  expect(await stepsOf(platform, first, 'teacher', 'learning_rate')).toEqual([upTo(6)]);
  expect(await stepsOf(platform, first, 'teacher', 'val_accuracy')).toEqual([[3, 6]]);
  expect(await stepsOf(platform, first, 'distil', 'loss')).toEqual(Array(4).fill(upTo(6)));
  expect(await stepsOf(platform, first, 'distil', 'rating_loss')).toEqual(Array(4).fill([3, 6]));
  // 60 images in batches of 16, the rating images included.
  expect(await stepsOf(platform, first, 'retrain', 'loss')).toEqual(Array(2).fill(upTo(3)));
});

test('every run records the engine and its versions', async () => {
  const jobs = await jobsOf(platform.db, first);
  const runs = await runsOf(platform.db, first);
  expect(runs).toHaveLength(jobs.length);
  for (const run of runs) {
    expect(run).toMatchObject({ attempt: 1, state: 'COMPLETE', engine: 'wasm' });
    expect(run.device).toContain('WebAssembly');
    for (const name of ['blockwise', 'node', '@tensorflow/tfjs-core']) {
      expect(run.versions).toHaveProperty([name]);
    }
  }
});

test('the same specification again gives identical ratings and networks', async () => {
  const { db } = platform;
  const second = await submit(platform, tinySpec());
  expect(await finished(platform, second)).toMatchObject({ state: 'COMPLETE' });
  const losses = async (id: string) => (await ratingsOf(db, id)).map((rating) => rating.losses);
  expect(await losses(second)).toEqual(await losses(first));
  const networks = async (id: string) =>
    (await networksOf(db, id)).map(({ architecture, top1, sha256 }) => [
      architecture,
      top1,
      sha256,
    ]);
  expect(await networks(second)).toEqual(await networks(first));
  // 12 rating and 16 calibration images, and 48 fitting images under two draws, by the first one only.
  expect(await featuresOf(first)).toMatchObject({ misses: 12 + 16 + 2 * 48 });
  expect(await featuresOf(second)).toMatchObject({ misses: 0, seconds: 0 });
  expect((await featuresOf(second)).hits).toBe((await featuresOf(first)).hits);
  expect((await featuresOf(second)).savedSeconds).toBeGreaterThan(0);
});

/** What the cache of features did for all attempts of a search. */
async function featuresOf(search: string) {
  const uses = (await runsOf(platform.db, search)).flatMap(({ featureUse }) => featureUse ?? []);
  // Four cells are distilled and rated.
  expect(uses).toHaveLength(8);
  const [begin, ...rest] = uses;
  if (!begin) throw new Error('no attempt used features');
  return rest.reduce(sumOfUses, begin);
}

test('without room for features the cells compute them for each other, to the same ratings', async () => {
  const { db } = platform;
  const id = await submit(platform, tinySpec({ features: { cacheMegabytes: 0 } }));
  expect(await finished(platform, id)).toMatchObject({ state: 'COMPLETE' });
  const losses = async (search: string) => (await ratingsOf(db, search)).map((cell) => cell.losses);
  expect(await losses(id)).toEqual(await losses(first));
});

test("an earlier search's teacher serves again", async () => {
  const { db } = platform;
  const id = await submit(platform, tinySpec({ teacher: { kind: 'search', searchId: first } }));
  expect(await finished(platform, id)).toMatchObject({ state: 'COMPLETE' });
  const [earlier, taken] = await Promise.all([teacherOf(db, first), teacherOf(db, id)]);
  expect(taken).toEqual({ ...earlier, searchId: id });
});

test('a teacher of other classes is refused without another try', async () => {
  const dataset = { ...tinyDataset, classes: 4 };
  const teacher = { kind: 'search', searchId: first } as const;
  const id = await submit(platform, tinySpec({ dataset, teacher }));
  expect(await finished(platform, id)).toMatchObject({
    state: 'FAILED',
    failure: { code: 'SPEC_INVALID' },
  });
  expect(await jobsOf(platform.db, id)).toMatchObject([{ attempt: 1, state: 'FAILED' }]);
});

test('constraints that no network satisfies fail the search before its teacher is trained', async () => {
  const id = await submit(platform, tinySpec({ constraints: { params: { max: 10 } } }));
  const search = await finished(platform, id);
  expect(search).toMatchObject({ state: 'FAILED', failure: { code: 'INFEASIBLE' } });
  expect(search.failure?.message).toContain('params');
  expect(await jobsOf(platform.db, id)).toMatchObject([
    { kind: 'teacher', attempt: 1, state: 'FAILED' },
  ]);
  expect(await stepsOf(platform, id, 'teacher', 'loss')).toEqual([[]]);
});

test.each([
  { kind: 'timm', file: '/nowhere/model.safetensors', architecture: tinyTeacher },
  { kind: 'layersModel', file: '/nowhere/model.json', cuts: ['stem', 'first', 'second'] },
] satisfies SearchSpecInput['teacher'][])(
  'a $kind teacher whose file is not there fails the search, and nothing is stored',
  async (teacher) => {
    const { db } = platform;
    const id = await submit(platform, tinySpec({ teacher }));
    const { state, failure } = await finished(platform, id);
    expect({ state, code: failure?.code }).toEqual({ state: 'FAILED', code: 'WEIGHTS_NOT_FOUND' });
    expect(failure?.message).toContain(teacher.file);
    expect(await Promise.all([teacherOf(db, id), datasetOf(db, id)])).toEqual([null, null]);
    expect(await jobsOf(db, id)).toMatchObject([{ attempt: 1, state: 'FAILED' }]);
  },
);

test("a teacher from a file with timm's names serves a whole search, once it is there", async () => {
  const { db, env, queue, stateFolder } = platform;
  const { sha256 = '', top1 } = (await teacherOf(db, first)) ?? {};
  const store = await openArtifactStore(env.artifactPlace);
  const { arrays } = readSafetensors(await store.get(sha256));
  const file = path.join(stateFolder, 'model.safetensors');
  const teacher = { kind: 'timm', architecture: tinyTeacher, file } as const;
  const id = await submit(platform, tinySpec({ teacher, normalisation: 'data' }));
  // Somebody had forgotten it, and has the job tried again.
  expect(await finished(platform, id)).toMatchObject({ state: 'FAILED' });
  await writeFile(file, writeTimm(arrays, networkOf(tinyTeacher), 3));
  const [failed] = await jobsOf(db, id);
  expect(await retryJob(db, queue, failed?.id ?? '')).toMatchObject({ state: 'QUEUED' });
  expect(await finished(platform, id)).toMatchObject({ state: 'COMPLETE', failure: null });
  expect(await teacherOf(db, id)).toMatchObject({ kind: 'timm', top1, testCount: 18 });
  const losses = async (search: string) => (await ratingsOf(db, search)).map((cell) => cell.losses);
  expect(await losses(id)).toEqual(await losses(first));
});

test('cells that diverge begin again at a lower rate, and their curves are whole', async () => {
  const { db } = platform;
  const divergence = { explodesAt: 2, retryRate: 5e-4 };
  const id = await submit(
    platform,
    tinySpec({ distil: { ...tinyDistil, learningRate: 10, divergence } }),
  );
  expect(await finished(platform, id)).toMatchObject({ state: 'COMPLETE', failure: null });
  expect(await stepsOf(platform, id, 'distil', 'loss')).toEqual(Array(4).fill(upTo(6)));
  const messages = (await readEvents(db, id, 0, 10_000)).flatMap(({ event }) =>
    event.kind === 'MESSAGE' ? [event.text] : [],
  );
  expect(messages.length).toBeGreaterThan(0);
  for (const text of messages) {
    expect(text).toMatch(
      /^Block \d, cell \d: the loss of step \d on path [01]+ is .* begins again/,
    );
  }
});

test('images that are not there fail the search with the reason', async () => {
  const dataset = { kind: 'cifar10', path: '/nowhere' } as const;
  const id = await submit(platform, tinySpec({ dataset }));
  expect(await finished(platform, id)).toMatchObject({
    state: 'FAILED',
    failure: { code: 'DATASET_NOT_FOUND' },
  });
});

test('a cancelled search stops, and its trainer takes the next one', async () => {
  const { db, queue } = platform;
  const endless = { ...tinySpec().distil, epochs: 10_000 };
  const id = await submit(platform, tinySpec({ distil: endless }));
  await until(async () => {
    const jobs = await jobsOf(db, id);
    return jobs.some(({ kind, progress }) => kind === 'distil' && progress.unit === 'steps');
  });
  await cancelSearch(db, queue, id);
  const next = await submit(platform, tinySpec({ name: 'next' }));
  expect(await finished(platform, next)).toMatchObject({ state: 'COMPLETE' });
  const { cursor } = (await readEvents(db, id, 0, 10_000)).at(-1) ?? { cursor: 0 };
  expect((await readSearch(db, id))?.eventCursor).toBe(cursor);
  const jobs = await jobsOf(db, id);
  expect(jobs.filter(({ kind }) => kind === 'distil').map(({ state }) => state)).toEqual(
    Array(4).fill('CANCELLED'),
  );
});
