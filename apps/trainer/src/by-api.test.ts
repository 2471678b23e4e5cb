import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isFinalJobState } from '@blockwise/contracts';
import {
  cellsOf,
  jobsOf,
  networksOf,
  ratingsOf,
  readExport,
  readFeatureMaps,
  readSearch,
  requestCut,
  requestFeatureMaps,
  requestNetworkExport,
  requestTeacherExport,
  revokeToken,
  runsOf,
} from '@blockwise/db';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openLog } from './log.ts';
import { type ApiProcess, startApi, trainerToken } from './testing/api-process.ts';
import {
  finished,
  openPlatform,
  stepsOf,
  submit,
  type TestPlatform,
  until,
} from './testing/platform.ts';
import { tinyDataset, tinyDistil, tinySpec, tinyTraining } from './testing/tiny-search.ts';
import { startProcessWith, type TrainerProcess } from './testing/trainer-process.ts';
import { startTrainer } from './trainer.ts';

/* Real processes that know the API's address and a token, on a folder of their own. */
let platform: TestPlatform;
let api: ApiProcess;
let token: { readonly secret: string; readonly id: string };
let ownFolder: string;
const processes: TrainerProcess[] = [];

beforeAll(async () => {
  platform = await openPlatform();
  api = await startApi(platform);
  token = await trainerToken(platform);
  ownFolder = await mkdtemp(path.join(tmpdir(), 'blockwise-apart-'));
});
afterEach(async () => {
  for (const each of processes.splice(0)) {
    each.kill('SIGKILL');
    await each.ended;
  }
});
afterAll(async () => {
  await api?.close();
  await platform?.close();
  await rm(ownFolder, { recursive: true });
});

async function start(): Promise<TrainerProcess> {
  const started = await startProcessWith({
    API_URL: new URL(api.url).origin,
    API_TOKEN: token.secret,
    STATE_FOLDER: ownFolder,
    POLL_SECONDS: '1',
  });
  processes.push(started);
  return started;
}

/** Two cells whose distillation takes some seconds each. */
const spec = tinySpec({
  dataset: { ...tinyDataset, size: 32, trainPerClass: 60 },
  space: [
    'stem cn_k3_s2_c8',
    'ops ir_k3_e3_se0.25 ir_k5_e3_se0.25',
    'block n2_c8_s2',
    'block n1_c12_s2',
    'head hd_c16',
  ].join('\n'),
  distil: { ...tinyDistil, epochs: 40, batch: 32, checkpointEverySteps: 50 },
});

/** Of a trainer with the database that nothing happens to. */
async function resultsInPeace() {
  const apart = await openPlatform();
  const trainer = await startTrainer(apart.env, openLog('silent'));
  const id = await submit(apart, spec);
  expect(await finished(apart, id)).toMatchObject({ state: 'COMPLETE' });
  const results = await resultsOf(apart, id);
  await trainer.stop();
  await apart.close();
  return results;
}

async function resultsOf({ db }: TestPlatform, searchId: string) {
  const networks = await networksOf(db, searchId);
  return {
    ratings: (await ratingsOf(db, searchId)).map(({ losses }) => [...losses]),
    networks: networks.map(({ architecture, choices, loss, top1, sha256 }) => ({
      ...{ architecture, choices, loss, top1, sha256 },
    })),
  };
}

test('what a trainer finds by the API alone, killed on the way, is what one with the database finds', async () => {
  const { db } = platform;
  const doomed = await start();
  const id = await submit(platform, spec);
  const jobId = await until(async () => {
    const job = (await jobsOf(db, id)).find(
      ({ kind, checkpoint }) => kind === 'distil' && checkpoint,
    );
    return job?.state === 'RUNNING' && job.id;
  });
  doomed.kill('SIGKILL');
  await doomed.ended;
  await start();
  expect(await finished(platform, id)).toMatchObject({ state: 'COMPLETE', failure: null });
  const runs = (await runsOf(db, id)).filter((run) => run.jobId === jobId);
  expect(runs.map(({ state }) => state)).toEqual(['FAILED', 'COMPLETE']);
  expect(runs[1]?.resumedFromStep).toBeGreaterThanOrEqual(50);
  const everyStep = Array.from({ length: 40 * 5 }, (_, i) => i + 1);
  expect(await stepsOf(platform, id, 'distil', 'loss')).toEqual([everyStep, everyStep]);
  expect(await resultsOf(platform, id)).toEqual(await resultsInPeace());
  // It had no artifacts of its own to look into.
  expect(await readdir(ownFolder)).toEqual(['cache']);
}, 240_000);

test('every kind of job is done by the API alone', async () => {
  const { db, queue } = platform;
  await start();
  const search = (changes: Parameters<typeof tinySpec>[0] = {}) =>
    submit(platform, tinySpec(changes));
  const latency = { engine: 'wasm', batch: 1, repeats: 3 } as const;
  const first = await search({ distil: { ...tinyDistil, strategy: 's2' }, latency });
  expect(await finished(platform, first)).toMatchObject({ state: 'COMPLETE', failure: null });
  const [network] = await networksOf(db, first);
  const networkId = network?.id ?? '';
  expect(network?.latencyMs).toBeGreaterThan(0);

  await requestCut(db, queue, { networkId });
  const weights = { kind: 'TRAINED' } as const;
  const taken = await requestNetworkExport(db, queue, { networkId, weights });
  const teachers = await requestTeacherExport(db, queue, { searchId: first });
  const cell = (await cellsOf(db, first)).at(-1);
  if (cell === undefined) throw new Error('a search has cells');
  const maps = await requestFeatureMaps(db, queue, { cell, path: undefined, samples: [3, 0] });
  const fromSearch = await search({ teacher: { kind: 'search', searchId: first } });
  const fromNetwork = await search({
    teacher: { kind: 'network', networkId, training: tinyTraining },
  });
  const scaled = await search({
    teacher: { kind: 'network', networkId, width: 1.5, training: tinyTraining },
    retrain: { ...tinyTraining, epochs: 1, networks: 1, init: 'supernet' },
  });
  for (const id of [fromSearch, fromNetwork, scaled]) {
    expect(await finished(platform, id)).toMatchObject({ state: 'COMPLETE', failure: null });
  }
  await until(async () => (await jobsOf(db, first)).every(({ state }) => isFinalJobState(state)));
  expect((await readExport(db, taken.id))?.files).not.toEqual([]);
  expect((await readExport(db, teachers.id))?.files).not.toEqual([]);
  expect((await readFeatureMaps(db, [maps.id]))[0]?.made?.loss).toBeGreaterThan(0);
  const kinds = (await jobsOf(db, first)).filter(({ state }) => state === 'COMPLETE');
  expect(new Set(kinds.map(({ kind }) => kind))).toEqual(
    new Set('teacher latency distil rate solve retrain cut export verify maps'.split(' ')),
  );
  expect((await networksOf(db, first))[0]?.cut).not.toBeNull();
  expect((await readSearch(db, first))?.engine).toBe('wasm');
}, 240_000);

test('a token that is wrong, or was revoked, ends the trainer in a line and status 2', async () => {
  const running = await start();
  await revokeToken(platform.db, token.id);
  expect(await running.ended).toBe(2);
  expect(running.messages.at(-1)).toMatch(/^The trainer is given no more jobs. .*token/);
  await expect(start()).rejects.toThrow(/ended with 2:\n(.*\n)*The trainer cannot start. .*token/);
});
