import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeatureSource, WindowSource } from '../features/feature-source.ts';
import { TinyCompute } from '../testing/tiny-compute.ts';
import type { ComputeThread } from './compute-thread.ts';
import { StopSignal } from './stop-signal.ts';

let tiny: TinyCompute;
let other: ComputeThread;
beforeAll(async () => {
  tiny = await TinyCompute.open();
  other = tiny.newThread();
});
afterAll(async () => {
  await other.close();
  await tiny.close();
});

const distil = { augment: 'light', augmentVariants: 2 } as const;

async function windowSource(budgetBytes: number): Promise<WindowSource> {
  const source = await tiny.features({ ...tiny.spec.distil, ...distil }, { cacheMegabytes: 0 });
  if (source.kind !== 'windows') throw new Error('without a budget nothing is stored');
  return { ...source, budgetBytes };
}

/** Both cells of the second block at once, each on a thread of its own. */
async function distilBoth(features: FeatureSource) {
  return await Promise.all(
    [tiny.thread, other].map(async (thread, cell) =>
      tiny.run('distil', await tiny.distilRequest(distil, { cell, features }), { thread }),
    ),
  );
}

test('cells that train at once share one pass of the teacher per window, bit for bit as stored', async () => {
  const before = tiny.windows.made;
  const shared = await distilBoth(await windowSource(1e9));
  // Two epochs of three batches, and two looks at the cell: rating and calibration images.
  expect(tiny.windows.made - before).toBe(2 * 3 + 2);
  const stored = await tiny.features({ ...tiny.spec.distil, ...distil });
  expect(stored.kind).toBe('stored');
  expect(await distilBoth(stored)).toEqual(shared);
});

test('windows that had to make room are computed again, to the same values', async () => {
  const before = tiny.windows.made;
  const features = { ...(await windowSource(0)), key: 'no room' };
  const request = await tiny.distilRequest(distil, { features });
  const first = await tiny.run('distil', request);
  expect(await tiny.run('distil', request)).toEqual(first);
  expect(tiny.windows.made - before).toBe(2 * (2 * 3 + 2));
});

test('ratings are the same from windows', async () => {
  const request = await tiny.distilRequest(distil);
  const { weights } = await tiny.run('distil', request);
  const { rating } = tiny.spec;
  const rated = await tiny.run('rate', { ...request, rating, weights });
  const features = await windowSource(1e9);
  expect(await tiny.run('rate', { ...request, features, rating, weights })).toEqual(rated);
});

test('a task that is stopped while it computes a window leaves it to the others', async () => {
  const features = { ...(await windowSource(1e9)), key: 'left' };
  const stop = new StopSignal();
  const stopped = tiny.run('distil', await tiny.distilRequest(distil, { features }), { stop });
  stop.request('suspend');
  await expect(stopped).rejects.toMatchObject({ name: 'TaskStopped' });
  const request = await tiny.distilRequest(distil, { features });
  const { steps } = await tiny.run('distil', request, { thread: other });
  expect(steps).toBe(6);
});
