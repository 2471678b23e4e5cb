import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TinyCompute } from '../testing/tiny-compute.ts';
import { ComputeThread } from './compute-thread.ts';
import { StopSignal } from './stop-signal.ts';

let tiny: TinyCompute;
beforeAll(async () => {
  tiny = await TinyCompute.open();
});
afterAll(() => tiny.close());

test('suspended a task hands its state over; stopped it does not', async () => {
  const whole = tiny.recorder();
  await tiny.run('distil', await tiny.distilRequest(), whole);
  const [first] = whole.checkpoints;
  if (!first) throw new Error('there is a checkpoint');
  const request = await tiny.distilRequest({}, { resume: first });
  for (const asked of ['suspend', 'stop'] as const) {
    const stop = new StopSignal();
    stop.request(asked);
    const { listener, checkpoints } = tiny.recorder();
    const run = tiny.run('distil', request, { stop, listener });
    await expect(run).rejects.toMatchObject({ name: 'TaskStopped' });
    expect(checkpoints).toEqual(asked === 'suspend' ? [first] : []);
  }
});

test('images that changed since the search began are refused', async () => {
  const run = tiny.run('countImages', { ...tiny.data, expectedHash: '0'.repeat(64) });
  await expect(run).rejects.toMatchObject({ code: 'DATASET_CORRUPT' });
});

test('a thread that fails unexpectedly is replaced', async () => {
  const thread = tiny.newThread();
  const features = {
    kind: 'stored',
    folder: '/dev/null',
    groups: [],
    dtype: 'f32',
    secondsPerRow: null,
  } as const;
  const broken = await tiny.distilRequest({}, { features });
  await expect(tiny.run('distil', broken, { thread })).rejects.toMatchObject({
    name: 'ComputeFault',
  });
  await setImmediate();
  const { steps } = await tiny.run('distil', await tiny.distilRequest(), { thread });
  expect(steps).toBe(6);
  await thread.close();
});

test('an engine that does not exist is ENGINE_UNAVAILABLE', async () => {
  const none = new ComputeThread({ engine: 'abacus' as 'wasm' }, tiny.images);
  await expect(none.engine()).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
});

test('rating: every path has a loss with its error and a cost, twice the same', async () => {
  const request = await tiny.distilRequest();
  const { weights } = await tiny.run('distil', request);
  const rate = { ...request, rating: tiny.spec.rating, weights };
  const rated = await tiny.run('rate', rate);
  expect(rated.paths).toEqual(['00', '01', '10', '11']);
  expect(rated.losses.every((loss) => loss > 0)).toBe(true);
  expect(new Set(rated.losses).size).toBe(4);
  expect(rated.errors?.every((error) => error > 0)).toBe(true);
  expect(rated).toMatchObject({ kl: null, top1: null });
  // The 5×5 of the second layer costs more than its 3×3.
  expect(rated.costs[1]?.macs).toBeGreaterThan(rated.costs[0]?.macs ?? Number.NaN);
  expect(await tiny.run('rate', rate)).toEqual(rated);
});

test('rated in the teacher every path has a divergence and an accuracy too', async () => {
  const request = await tiny.distilRequest({}, { measure: 'replaceError' });
  const { weights } = await tiny.run('distil', request);
  const rating = { ...tiny.spec.rating, measure: 'replaceError' } as const;
  const { losses, kl, top1 } = await tiny.run('rate', { ...request, rating, weights });
  expect(kl).toHaveLength(4);
  losses.forEach((loss, path) => {
    expect(loss).toBeCloseTo(1 - (top1?.[path] ?? Number.NaN), 6);
    // Of 12 rating images.
    expect(loss * 12).toBeCloseTo(Math.round(loss * 12), 6);
    expect(kl?.[path]).toBeGreaterThan(0);
  });
});
