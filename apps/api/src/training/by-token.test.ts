import { exportFormats } from '@blockwise/contracts';
import { networkCost, networkCuts, parseNetwork } from '@blockwise/dna';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Data, startTestApi, type TestApi, testOrigin } from '../testing/test-api.ts';
import { specInput, startSearch, task, testLoss } from '../testing/test-search.ts';
import {
  completeJob,
  sha256Of,
  startTrainer,
  type TrainerClient,
} from '../testing/trainer-client.ts';

let api: TestApi;
let trainer: TrainerClient;
beforeEach(async () => {
  api = await startTestApi();
  trainer = await startTrainer(api);
});
afterEach(async () => {
  expect(api.platform.errors).toEqual([]);
  await api.close();
});

const dataset = {
  ...{ kind: 'procedural', hash: 'a'.repeat(64), classes: ['circle', 'cross', 'square'] },
  ...{ size: task.inputSize, trainCount: 120, testCount: 30, testPart: 'generated' },
  ...{ mean: [0.5, 0.4, 0.3], std: [0.2, 0.2, 1 / 3], rejected: [] },
};

/** What a trainer that is always lucky makes of a job. */
async function resultOf(by: TrainerClient, taken: Data): Promise<object> {
  const stored = async (what: string) => (await by.upload(`${what} of ${taken.job}`)).sha256;
  switch (taken.kind) {
    case 'TEACHER': {
      const { architecture } = taken.search.spec.teacher;
      const network = parseNetwork(architecture);
      const { params, macs } = networkCost(network, task);
      const cuts = networkCuts(network, task.inputSize);
      return {
        teacher: {
          ...{ kind: 'TRAIN', architecture, top1: 0.8, testCount: 30 },
          ...{ params, macs, cuts, dataset, sha256: await stored('teacher') },
          samples: { sha256: await stored('samples'), columns: 8, labels: [0, 1, 2] },
        },
      };
    }
    case 'DISTIL':
      return { distil: { finalLoss: 0.25, steps: 4, sha256: await stored('supernet') } };
    case 'RATE': {
      const { block, cell, candidateCount } = taken.cell;
      const losses = Array.from({ length: candidateCount }, (_, i) => testLoss(block, cell, i));
      const columns = { losses, errors: losses.map(() => 0.01), kl: null, top1: null };
      return { rate: { columns: (await by.upload(JSON.stringify(columns))).sha256 } };
    }
    case 'SOLVE':
      return { solve: { networks: ['1:0 1:00', '2:11 1:11'].map(solved) } };
    case 'RETRAIN': {
      const { architecture } = taken.network;
      // Of thirty images 21 right.
      const confusion = [0, 0, 10, 1, 0, 3, 1, 1, 7, 2, 1, 6, 2, 2, 4];
      const result = { architecture, top1: 0.7, confusion };
      return { retrain: { ...result, sha256: await stored('network') } };
    }
    case 'EXPORT': {
      const files = exportFormats.map(async (format) => ({
        format: format.toUpperCase(),
        sha256: await stored(format),
      }));
      return { export: { files: await Promise.all(files) } };
    }
    case 'VERIFY':
      return { verify: { datasetHash: dataset.hash, top1s: taken.trainings.map(() => 0.7) } };
    default:
      throw new Error(`no result for ${taken.kind}`);
  }
}

function solved(encoding: string, i: number) {
  return { encoding, seeds: [i + 1] };
}

/** Plays jobs by turns until none is left; answers what was taken. */
async function playAll(by: readonly TrainerClient[]): Promise<Data[]> {
  const all: Data[] = [];
  for (;;) {
    const next = by[all.length % by.length] as TrainerClient;
    const taken = await next.take();
    if (taken === null) return all;
    all.push(taken);
    await next.complete(taken, await resultOf(next, taken));
  }
}

test('a whole search is done by two tokens and nothing but the API', async () => {
  const other = await startTrainer(api);
  const id = await startSearch(api);
  const taken = await playAll([trainer, other]);
  expect(taken.map(({ kind }) => kind)).toEqual([
    'TEACHER',
    ...['DISTIL', 'RATE', 'DISTIL', 'RATE', 'DISTIL', 'RATE'],
    ...['SOLVE', 'RETRAIN', 'RETRAIN', 'VERIFY', 'VERIFY'],
  ]);
  const { search } = await api.ask(
    `query ($id: ID!) { search(id: $id) {
      dataset { samples { url sha256 columns count size labels } }
      state teacher { top1 classes { name } confusionMatrix } networks { nodes { encoding top1 loss params retrainings { seed top1 params
        classes { name images right top1 } confusion(first: 2) { trueClass guessedClass images } confusionMatrix } } }
      blocks { cells { best { loss path params } } }
      jobs { nodes { kind runs { trainer engine versions } } } } }`,
    { id },
  );
  expect(search.state).toBe('COMPLETE');
  expect(search.networks.nodes.map((row: Data) => row.encoding)).toEqual(['1:0 1:00', '2:11 1:11']);
  for (const { top1, params, retrainings } of search.networks.nodes) {
    expect(top1).toBe(0.7);
    expect(retrainings).toEqual([expect.objectContaining({ top1: 0.7, params })]);
  }
  const { url, ...sheet } = search.dataset.samples;
  const sha256 = sha256Of(`samples of ${taken[0]?.job}`);
  expect(sheet).toEqual({ sha256, columns: 8, count: 3, size: 16, labels: [0, 1, 2] });
  const answer = await fetch(new URL(url, api.server.url), { headers: { Origin: testOrigin } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('access-control-allow-origin')).toBe(testOrigin);
  expect(await answer.text()).toBe(`samples of ${taken[0]?.job}`);
  const [{ classes, confusion, confusionMatrix }] = search.networks.nodes[0].retrainings;
  expect(classes).toEqual([
    { name: 'circle', images: 10, right: 10, top1: 1 },
    { name: 'cross', images: 10, right: 7, top1: 0.7 },
    { name: 'square', images: 10, right: 4, top1: 0.4 },
  ]);
  expect(confusion).toEqual([
    { trueClass: 'square', guessedClass: 'cross', images: 6 },
    { trueClass: 'cross', guessedClass: 'circle', images: 3 },
  ]);
  const matrix = new Uint8Array(Buffer.from(confusionMatrix, 'base64'));
  expect([...new Int32Array(matrix.buffer)]).toEqual([10, 0, 0, 3, 7, 0, 0, 6, 4]);
  // Its trainer did not tell.
  expect(search.teacher).toEqual({ top1: 0.8, classes: null, confusionMatrix: null });
  expect(search.blocks[0].cells[0].best.loss).toBe(1);
  expect(search.jobs.nodes[0].runs).toEqual([
    { trainer: 'Trainer by token', engine: 'wasm', versions: { node: '22' } },
  ]);
  // Two tokens, two trainers, though both call themselves alike.
  expect(await api.platform.db.prisma.trainer.count()).toBe(2);
  // What a job needs was told with it.
  const [, distil, rate] = taken;
  expect(distil).toMatchObject({
    dataset: { hash: dataset.hash, size: 16, mean: dataset.mean },
    teacher: { kind: 'TRAIN', cuts: [{ size: 8, channels: 8 }, {}, {}] },
    cell: { block: 0, cell: 0, candidateCount: 3, sha256: null },
    earlierPaths: [],
    ratings: [],
  });
  expect(rate.cell.sha256).toBe(sha256Of(`supernet of ${distil.job}`));
  const solve = taken.find(({ kind }) => kind === 'SOLVE');
  expect(solve.ratings.map((each: Data) => each.losses.length)).toEqual([3, 9, 9]);
  const retrain = taken.find(({ kind }) => kind === 'RETRAIN');
  expect(retrain).toMatchObject({ network: { encoding: '1:0 1:00' }, retraining: { seed: 1 } });
});

const progress = `mutation ($input: ReportProgressInput!) { reportProgress(input: $input) { isCancelled } }`;
const keep = `mutation ($input: AttemptInput!) { keepJob(input: $input) { isCancelled } }`;
const release = `mutation ($input: AttemptInput!) { releaseJob(input: $input) { job } }`;
const curves = `mutation ($input: AppendCurvesInput!) { appendCurves(input: $input) { job } }`;
const far = { done: 1, total: 4, unit: 'steps', perSecond: 2 };

test('what an attempt reports is there to see', async () => {
  const id = await startSearch(api);
  const taken = await trainer.take();
  const { job, attempt } = taken;
  const own = { job, attempt };
  expect(await trainer.ask(keep, { input: own })).toEqual({ keepJob: { isCancelled: false } });
  await trainer.ask(progress, { input: { ...own, ...far } });
  const sent = [
    { key: 'loss', steps: [1, 2, 3], values: [1, 1 / 3, 0.1 + 0.2], wallTimes: [1.5, 2, 3] },
    { key: 'accuracy', steps: [3], values: [0.5], wallTimes: [3] },
  ];
  // Sent twice, as after an answer that was lost.
  for (const _ of [1, 2]) await trainer.ask(curves, { input: { ...own, curves: sent } });
  const { sha256 } = await trainer.upload('checkpoint');
  await trainer.ask(
    'mutation ($input: SaveCheckpointInput!) { saveCheckpoint(input: $input) { job } }',
    { input: { ...own, step: 2, sha256 } },
  );
  await trainer.ask(
    'mutation ($input: ReportMessageInput!) { reportMessage(input: $input) { job } }',
    { input: { ...own, level: 'WARNING', text: 'it is warm here' } },
  );
  await trainer.ask(
    'mutation ($input: ReportFeatureUseInput!) { reportFeatureUse(input: $input) { job } }',
    { input: { ...own, hits: 3, misses: 1, bytesRead: '5000000000', seconds: 2.5 } },
  );
  await trainer.ask(release, { input: own });

  const again = await trainer.take();
  expect(again).toMatchObject({ job, attempt: 2, checkpoint: { step: 2, sha256 } });
  expect(await trainer.download(sha256)).toEqual({ status: 200, body: 'checkpoint' });
  await trainer.ask('mutation ($input: ResumeJobInput!) { resumeJob(input: $input) { job } }', {
    input: { job, attempt: 2, step: 2 },
  });
  const answer = await api.ask(
    `query ($id: ID!, $jobs: [ID!]!) {
      search(id: $id) { jobs { nodes { progress { done total unit }
        runs { attempt state resumedFromStep featureCache { hits bytesRead } } } } }
      searchEvents(search: $id, after: "0", first: 100) { events { kind message level } }
      curves(jobs: $jobs) { key steps values } }`,
    { id, jobs: [job] },
  );
  expect(answer.search.jobs.nodes[0]).toMatchObject({
    progress: { done: 1, total: 4, unit: 'steps' },
    runs: [
      { attempt: 1, state: 'CANCELLED', featureCache: { hits: '3', bytesRead: '5000000000' } },
      { attempt: 2, state: 'RUNNING', resumedFromStep: 2 },
    ],
  });
  expect(answer.curves).toEqual([{ key: 'loss', steps: [1, 2], values: [1, 1 / 3] }]);
});

test('an attempt is written to by the token that took it, and by no other', async () => {
  await startSearch(api);
  const taken = await trainer.take();
  const { job, attempt } = taken;
  const other = await startTrainer(api);
  const { sha256 } = await trainer.upload('weights');
  const result = await resultOf(trainer, taken);
  const writes: [string, object][] = [
    [keep, {}],
    [progress, far],
    [curves, { curves: [] }],
    [release, {}],
    [
      'mutation ($input: SaveCheckpointInput!) { saveCheckpoint(input: $input) { job } }',
      { step: 1, sha256 },
    ],
    ['mutation ($input: ResumeJobInput!) { resumeJob(input: $input) { job } }', { step: 1 }],
    [
      'mutation ($input: ReportMessageInput!) { reportMessage(input: $input) { job } }',
      { level: 'INFO', text: 'hello' },
    ],
    [
      'mutation ($input: ReportFeatureUseInput!) { reportFeatureUse(input: $input) { job } }',
      { hits: 1, misses: 1, bytesRead: 1, seconds: 1 },
    ],
    [
      'mutation ($input: FailJobInput!) { failJob(input: $input) { job } }',
      { code: 'INTERNAL', message: 'no', retry: true },
    ],
    [completeJob, { result }],
  ];
  const before = await api.platform.db.prisma.job.findFirst();
  for (const [query, more] of writes) {
    const input = { job, attempt, ...more };
    // Another trainer, a person with every scope, nobody.
    expect((await other.fail(query, { input })).extensions.code).toBe('FORBIDDEN');
    expect((await api.fail(query, { input })).extensions.code).toBe('FORBIDDEN');
    expect((await api.as(null).fail(query, { input })).extensions.code).toBe('UNAUTHENTICATED');
  }
  // Nor one that a trainer with the database took.
  expect(await api.platform.db.prisma.job.findFirst()).toEqual(before);
  await api.platform.db.prisma.run.updateMany({ data: { tokenId: null } });
  const input = { job, attempt };
  expect((await trainer.fail(keep, { input })).extensions.code).toBe('FORBIDDEN');
});

test('an attempt that lost its job writes nothing more', async () => {
  await startSearch(api);
  const { job, attempt } = await trainer.take();
  await trainer.ask(release, { input: { job, attempt } });
  for (const [query, more] of [
    [keep, {}],
    [progress, far],
    [release, {}],
  ] as const) {
    const error = await trainer.fail(query, { input: { job, attempt, ...more } });
    expect(error.extensions.code).toBe('ATTEMPT_STALE');
  }
  await trainer.take();
  const stale = await trainer.fail(progress, { input: { job, attempt, ...far } });
  expect(stale.extensions.code).toBe('ATTEMPT_STALE');
  const none = await trainer.fail(progress, { input: { job, attempt: 7, ...far } });
  expect(none.extensions).toMatchObject({ code: 'NOT_FOUND', path: ['job'] });
});

test('a trainer hears that its job was cancelled', async () => {
  const id = await startSearch(api);
  const { job, attempt } = await trainer.take();
  await api.ask('mutation ($id: ID!) { cancelSearch(input: { search: $id }) { state } }', { id });
  expect(await trainer.ask(keep, { input: { job, attempt } })).toEqual({
    keepJob: { isCancelled: true },
  });
  const error = await trainer.fail(progress, { input: { job, attempt, ...far } });
  expect(error.extensions.code).toBe('CANCELLED');
});

test('a trainer hears that its search was paused, hands the job back, and it goes on later', async () => {
  const id = await startSearch(api);
  const steer = (operation: string) =>
    api.ask(`mutation ($id: ID!) { ${operation}(input: { search: $id }) { state } }`, { id });
  const { job, attempt } = await trainer.take();
  const input = { job, attempt };
  const paused = `mutation ($input: AttemptInput!) { keepJob(input: $input) { isPaused isCancelled } }`;
  const isPaused = async () => (await trainer.ask(paused, { input })).keepJob;
  expect(await isPaused()).toEqual({ isPaused: false, isCancelled: false });
  expect(await steer('pauseSearch')).toEqual({ pauseSearch: { state: 'PAUSED' } });
  expect(await isPaused()).toEqual({ isPaused: true, isCancelled: false });
  const { sha256 } = await trainer.upload('checkpoint');
  await trainer.ask(
    'mutation ($input: SaveCheckpointInput!) { saveCheckpoint(input: $input) { job } }',
    { input: { ...input, step: 2, sha256 } },
  );
  await trainer.ask(release, { input });
  expect(await trainer.take()).toBeNull();
  expect(await steer('resumeSearch')).toEqual({ resumeSearch: { state: 'RUNNING' } });
  expect(await trainer.take()).toMatchObject({ job, attempt: 2, checkpoint: { step: 2, sha256 } });
});

test('a drained trainer keeps its job and gets no other, until that is taken back', async () => {
  await startSearch(api);
  const taken = await trainer.take();
  const { trainers } = await api.ask('{ trainers { nodes { id isDraining } } }');
  const [{ id, isDraining }] = trainers.nodes;
  expect(isDraining).toBe(false);
  const drain = (input: boolean) =>
    api.ask(
      `mutation ($id: ID!, $is: Boolean!) {
        drainTrainer(input: { trainer: $id, isDraining: $is }) { isDraining state jobs { id } } }`,
      { id, is: input },
    );
  expect(await drain(true)).toEqual({
    drainTrainer: { isDraining: true, state: 'BUSY', jobs: [{ id: taken.job }] },
  });
  await trainer.complete(taken, await resultOf(trainer, taken));
  expect(await trainer.take()).toBeNull();
  expect(await drain(false)).toMatchObject({ drainTrainer: { isDraining: false, state: 'IDLE' } });
  expect(await trainer.take()).toMatchObject({ kind: 'DISTIL' });
  const { auditLog } = await api.ask('{ auditLog(first: 2) { nodes { action subject } } }');
  expect(auditLog.nodes).toEqual(Array(2).fill({ action: 'drainTrainer', subject: id }));
});

test('a failure ends the search, or queues the job again', async () => {
  const id = await startSearch(api);
  const first = await trainer.take();
  const fail = 'mutation ($input: FailJobInput!) { failJob(input: $input) { job } }';
  const why = { code: 'DIVERGED', message: 'the loss is NaN' };
  const own = { job: first.job, attempt: first.attempt };
  await trainer.ask(fail, { input: { ...own, ...why, retry: true } });
  const { job, attempt } = await trainer.take();
  expect([job, attempt]).toEqual([first.job, 2]);
  await trainer.ask(fail, { input: { job, attempt, ...why, retry: false } });
  const { search } = await api.ask(
    'query ($id: ID!) { search(id: $id) { state failure { code message } } }',
    { id },
  );
  expect(search).toEqual({ state: 'FAILED', failure: why });
});

test('results are taken only in the form that their job needs', async () => {
  await startSearch(api);
  const teacher = await trainer.take();
  const { sha256 } = await trainer.upload('x');
  const refusal = async ({ job, attempt }: Data, result: object) =>
    (await trainer.fail(completeJob, { input: { job, attempt, result } })).extensions;
  const distil = { distil: { finalLoss: 1, steps: 1, sha256 } };
  expect(await refusal(teacher, distil)).toMatchObject({ code: 'BAD_INPUT', path: ['result'] });
  const good = (await resultOf(trainer, teacher)) as { teacher: object };
  expect(
    await refusal(teacher, { teacher: { ...good.teacher, dataset: { ...dataset, size: -1 } } }),
  ).toMatchObject({ code: 'BAD_INPUT', path: ['result', 'teacher', 'dataset', 'size'] });
  // Stored, but by nobody known: another's file is not brought into one's own jobs by its name.
  const other = await api.artifacts.put(new TextEncoder().encode('of somebody else'));
  expect(
    await refusal(teacher, { teacher: { ...good.teacher, sha256: other.sha256 } }),
  ).toMatchObject({ code: 'ARTIFACT_MISSING' });
  for (const confusion of [
    [0, 0, 24],
    [0, 0, 25, 1, 2, 5],
    [1, 2, 6, 0, 0, 24],
    [0, 3, 6, 1, 1, 24],
  ]) {
    expect(await refusal(teacher, { teacher: { ...good.teacher, confusion } })).toMatchObject({
      code: 'BAD_INPUT',
      path: ['result', 'teacher', 'confusion'],
    });
  }
  const samples = { sha256, columns: 8, labels: [0, 3] };
  expect(await refusal(teacher, { teacher: { ...good.teacher, samples } })).toMatchObject({
    code: 'BAD_INPUT',
    path: ['result', 'teacher', 'samples', 'labels'],
  });
  await trainer.complete(teacher, good);

  const cell = await trainer.take();
  await trainer.complete(cell, await resultOf(trainer, cell));
  const rate = await trainer.take();
  for (const content of [
    'nonsense',
    '{"losses":[1]}',
    '{"losses":[1],"errors":null,"kl":null,"top1":null}',
  ]) {
    const columns = (await trainer.upload(content)).sha256;
    expect(await refusal(rate, { rate: { columns } })).toMatchObject({
      code: 'BAD_INPUT',
      path: ['result', 'rate', 'columns'],
    });
  }
  const curve = { key: 'loss', steps: [1, 2], values: [1, 2], wallTimes: [1, 2] };
  for (const wrong of [
    { ...curve, steps: [2, 1] },
    { ...curve, values: [1] },
    { ...curve, key: '' },
  ]) {
    const input = { job: rate.job, attempt: rate.attempt, curves: [curve, wrong] };
    expect((await trainer.fail(curves, { input })).extensions).toMatchObject({
      code: 'BAD_INPUT',
    });
  }
});

test('files are stored while a job is held, and are what they are called', async () => {
  expect((await trainer.upload('early')).status).toBe(409);
  await startSearch(api);
  await trainer.take();
  expect((await trainer.upload('weights')).status).toBe(201);
  expect((await trainer.upload('weights')).status).toBe(201);
  expect((await trainer.upload('weights', sha256Of('other'))).status).toBe(400);
  expect((await trainer.upload('weights', 'nonsense')).status).toBe(400);
  expect((await trainer.upload('x'.repeat(1_000_001))).status).toBe(413);
  const address = new URL(`/artifacts/${sha256Of('mine')}`, api.server.url);
  for (const headers of [new Headers(), new Headers({ Authorization: `Bearer ${api.token}` })]) {
    const put = await fetch(address, { method: 'PUT', headers, body: 'mine' });
    expect(put.status).toBe(403);
  }
  expect(await api.artifacts.has(sha256Of('mine'))).toBe(false);
  expect(await api.artifacts.has(sha256Of('other'))).toBe(false);
});

test('files are read that the jobs at hand work with, and no others', async () => {
  await startSearch(api);
  const teacher = await trainer.take();
  await trainer.complete(teacher, await resultOf(trainer, teacher));
  const weights = sha256Of(`teacher of ${teacher.job}`);
  // Between two jobs it works with nothing.
  expect((await trainer.download(weights)).status).toBe(403);
  const distil = await trainer.take();
  expect(distil.teacher.sha256).toBe(weights);
  expect(await trainer.download(weights)).toEqual({
    status: 200,
    body: `teacher of ${teacher.job}`,
  });
  const other = await startTrainer(api);
  expect((await other.download(weights)).status).toBe(403);
  const { sha256 } = await api.artifacts.put(new TextEncoder().encode('secret'));
  expect((await trainer.download(sha256)).status).toBe(403);
  expect((await trainer.download('..%2f..%2fetc%2fpasswd')).status).toBe(403);
});

test('a job of one search opens nothing of another, and a token nothing beside jobs', async () => {
  const { db } = api.platform;
  await startSearch(api);
  const teacher = await trainer.take();
  await trainer.complete(teacher, await resultOf(trainer, teacher));
  const others = sha256Of(`teacher of ${teacher.job}`);
  await db.prisma.job.updateMany({
    where: { state: 'QUEUED' },
    data: { state: 'CANCELLED' },
  });
  await startSearch(api);
  const own = await trainer.take();
  expect(own.search.id).not.toBe(teacher.search.id);
  // It made that file itself, for another search.
  expect((await trainer.download(others)).status).toBe(403);
  const headers = { Authorization: `Bearer ${trainer.token}` };
  for (const place of [`/artifacts/${others}?signed=x`, `/artifacts/${others}`, '/downloads/x']) {
    const answer = await fetch(new URL(place, api.server.url), { headers });
    expect([place, answer.status]).toEqual([place, 403]);
  }
  // Nor does it bring another trainer's file into its own job by the name.
  const other = await startTrainer(api);
  const distil = { distil: { finalLoss: 1, steps: 1, sha256: others } };
  const { job, attempt } = own;
  const write = { input: { job, attempt, result: distil } };
  expect((await other.fail(completeJob, write)).extensions.code).toBe('FORBIDDEN');
});

test('earlier paths are told where a strategy needs them', async () => {
  await startSearch(api, { ...specInput, distil: { strategy: 'S2' } });
  const taken = await playAll([trainer]);
  const later = taken.find(({ kind, cell }) => kind === 'DISTIL' && cell.block === 1);
  expect(later.earlierPaths).toHaveLength(3);
  expect(later.earlierPaths[0]).toMatchObject({ block: 0, path: expect.any(String) });
});
