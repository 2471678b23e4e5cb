import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planFeatures } from '../features/feature-plan.ts';
import { FeatureSets } from '../features/feature-sets.ts';
import { tinySpec } from '../testing/tiny-search.ts';
import { ComputeThread, type TaskListener } from './compute-thread.ts';
import { StopSignal } from './stop-signal.ts';
import type { TeacherRequest } from './teacher-request.ts';
import { teacherCuts } from './teacher-request.ts';

const spec = tinySpec();
const draws = { augment: spec.distil.augment, seed: spec.seed };
const data = {
  source: spec.dataset,
  seed: spec.seed,
  ratingPerClass: spec.ratingPerClass,
  calibrationImages: spec.rating.calibrationImages,
  expectedHash: null,
};

let folder: string;
let thread: ComputeThread;
let teacher: TeacherRequest;
let featureFolder: string;

/** Keeps what a task said. */
function recorder() {
  const points = new Map<string, { step: number; value: number }[]>();
  const checkpoints: { step: number; bytes: Uint8Array }[] = [];
  const listener: TaskListener = {
    onProgress: () => undefined,
    onPoints: (columns) => {
      for (const { key, steps, values } of columns) {
        const all = points.get(key) ?? [];
        points.set(key, all);
        for (const [i, step] of steps.entries()) {
          all.push({ step, value: values[i] ?? Number.NaN });
        }
      }
    },
    onCheckpoint: (step, bytes) => checkpoints.push({ step, bytes }),
  };
  return { points, checkpoints, listener };
}
const silent = recorder().listener;

beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/blockwise-compute-`);
  thread = new ComputeThread({ engine: 'wasm', cacheFolder: folder });
  if (spec.teacher.kind !== 'train') throw new Error('the tiny search trains its teacher');
  const { architecture, training } = spec.teacher;
  const trained = await thread.run(
    'teacherTrain',
    {
      data,
      plan: spec,
      architecture,
      training,
      seed: spec.seed,
      checkpointEverySeconds: 60,
      resume: null,
    },
    new StopSignal(),
    silent,
  );
  teacher = { architecture, classes: 3, imageSize: 16, sha256: 'tiny', weights: trained.weights };
  const plan = planFeatures({
    spec,
    engine: await thread.engine(),
    teacherSha256: 'tiny',
    datasetHash: trained.dataset.hash,
    cuts: teacherCuts(teacher).slice(1),
    counts: await thread.run('countImages', data, new StopSignal(), silent),
  });
  featureFolder = await new FeatureSets(`${folder}/features`).complete(
    plan,
    ({ group, from, to }, where, expected) =>
      thread.run(
        'featureChunk',
        { data, teacher, draws, folder: where, group, from, to, expected },
        new StopSignal(),
        silent,
      ),
    async () => undefined,
  );
}, 60_000);
afterAll(async () => {
  await thread.close();
  await rm(folder, { recursive: true });
});

const distilRequest = () => ({
  data,
  teacher,
  space: spec.space,
  block: 1,
  cell: 1,
  draws,
  featureFolder,
  distil: spec.distil,
  seed: spec.seed,
  resume: null,
});

describe('distillation', () => {
  test('has one point per step, and epoch curves at the end of each epoch', async () => {
    const { listener, points, checkpoints } = recorder();
    const { steps } = await thread.run('distil', distilRequest(), new StopSignal(), listener);
    // 3 classes × (20 − 4) images in batches of 16, two epochs.
    expect(steps).toBe(6);
    expect(points.get('loss')?.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(points.get('held_out_loss')?.map(({ step }) => step)).toEqual([3, 6]);
    const rates = points.get('learning_rate')?.map(({ value }) => value);
    expect(rates).toEqual([0.005 * 0.9, 0.005 * 0.9 ** 2]);
    expect(checkpoints.map(({ step }) => step)).toEqual([2, 4]);
  });

  test('resumed from any checkpoint it ends in the same weights, bit for bit', async () => {
    const whole = recorder();
    const undisturbed = await thread.run(
      'distil',
      distilRequest(),
      new StopSignal(),
      whole.listener,
    );
    expect(whole.checkpoints.length).toBe(2);
    for (const resume of whole.checkpoints) {
      const rest = recorder();
      const request = { ...distilRequest(), resume };
      const resumed = await thread.run('distil', request, new StopSignal(), rest.listener);
      expect(resumed).toEqual(undisturbed);
      const expected = whole.points.get('loss')?.filter(({ step }) => step > resume.step);
      expect(rest.points.get('loss')).toEqual(expected);
    }
  });

  test('from features computed on the way it learns the same as from stored ones', async () => {
    const stored = await thread.run('distil', distilRequest(), new StopSignal(), silent);
    const request = { ...distilRequest(), featureFolder: null };
    const live = await thread.run('distil', request, new StopSignal(), silent);
    expect(live.finalLoss / stored.finalLoss).toBeCloseTo(1, 3);
  });

  test('suspended it hands its state over; stopped it does not', async () => {
    const whole = recorder();
    await thread.run('distil', distilRequest(), new StopSignal(), whole.listener);
    const [first] = whole.checkpoints;
    if (!first) throw new Error('there is a checkpoint');
    const request = { ...distilRequest(), resume: first };
    for (const asked of ['suspend', 'stop'] as const) {
      const stop = new StopSignal();
      stop.request(asked);
      const { listener, checkpoints } = recorder();
      const run = thread.run('distil', request, stop, listener);
      await expect(run).rejects.toMatchObject({ name: 'TaskStopped' });
      expect(checkpoints).toEqual(asked === 'suspend' ? [first] : []);
    }
  });

  test('a learning rate that is far too high ends as DIVERGED, and the thread goes on', async () => {
    const distil = { ...spec.distil, learningRate: 1e30 };
    const run = thread.run('distil', { ...distilRequest(), distil }, new StopSignal(), silent);
    await expect(run).rejects.toMatchObject({ name: 'DomainError', code: 'DIVERGED' });
    const { steps } = await thread.run('distil', distilRequest(), new StopSignal(), silent);
    expect(steps).toBe(6);
  });
});

test('rating and solving: every path has a loss and a cost, twice the same', async () => {
  const { weights } = await thread.run('distil', distilRequest(), new StopSignal(), silent);
  const request = { ...distilRequest(), batch: 8, weights };
  const rated = await thread.run('rate', request, new StopSignal(), silent);
  expect(rated.paths).toEqual(['00', '01', '10', '11']);
  expect(rated.losses.every((loss) => loss > 0)).toBe(true);
  expect(new Set(rated.losses).size).toBe(4);
  // The 5×5 of the second layer costs more than its 3×3.
  expect(rated.costs[1]?.macs).toBeGreaterThan(rated.costs[0]?.macs ?? Number.NaN);
  expect(await thread.run('rate', request, new StopSignal(), silent)).toEqual(rated);
});

test('retraining resumed from a checkpoint ends in the same network', async () => {
  const { networks: _, ...training } = spec.retrain;
  const request = {
    data,
    architecture: teacher.architecture,
    training,
    seed: 3,
    checkpointEverySeconds: 0,
    resume: null,
  };
  const whole = recorder();
  const undisturbed = await thread.run('retrain', request, new StopSignal(), whole.listener);
  const [, middle] = whole.checkpoints;
  if (!middle) throw new Error('there is a second checkpoint');
  const rest = recorder();
  const resumed = await thread.run(
    'retrain',
    { ...request, resume: middle },
    new StopSignal(),
    rest.listener,
  );
  expect(resumed).toEqual(undisturbed);
  expect(rest.points.get('accuracy')).toEqual(whole.points.get('accuracy'));
});

test('images that changed since the search began are refused', async () => {
  const request = { ...data, expectedHash: '0'.repeat(64) };
  const run = thread.run('countImages', request, new StopSignal(), silent);
  await expect(run).rejects.toMatchObject({ code: 'DATASET_CORRUPT' });
});

test('a thread that fails unexpectedly is replaced', async () => {
  const broken = new ComputeThread({ engine: 'wasm', cacheFolder: folder });
  const request = { ...distilRequest(), resume: null, featureFolder: `${folder}/nowhere` };
  const run = broken.run('distil', request, new StopSignal(), silent);
  await expect(run).rejects.toMatchObject({ name: 'ComputeFault' });
  await setImmediate();
  const { steps } = await broken.run('distil', distilRequest(), new StopSignal(), silent);
  expect(steps).toBe(6);
  await broken.close();
});

test('an engine that does not exist is ENGINE_UNAVAILABLE', async () => {
  const none = new ComputeThread({ engine: 'abacus' as 'wasm', cacheFolder: folder });
  await expect(none.engine()).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
});
