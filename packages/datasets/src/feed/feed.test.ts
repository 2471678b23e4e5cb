import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetSource } from '@blockwise/contracts';
import { createRandom } from '@blockwise/dna';
import { expect, onTestFinished, test } from 'vitest';
import type { OpenDataset } from '../dataset.ts';
import { type AugmentDraws, fillBatch } from '../fill-batch.ts';
import { loadDataset } from '../source.ts';
import { busyJpeg, temporaryFolder, writeFiles } from '../temp-folder.fixture.ts';
import { type FeedOptions, type FeedRequest, ImageFeed } from './image-feed.ts';
import { FeedPool } from './pool.ts';

const size = 96;
const perClass = 12;
const draws: AugmentDraws = { augment: 'paper', seed: 3, epoch: 1 };
const half = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] } as const;
const channels = { mean: [...half.mean], std: [...half.std] } as Parameters<typeof fillBatch>[2];

/** Two classes of JPEG files of many shapes. */
async function photographs(): Promise<string> {
  const folder = await temporaryFolder();
  const files: Record<string, Uint8Array> = {};
  for (let i = 0; i < perClass; i++) {
    files[`train/a/${i}.jpg`] = await busyJpeg(100 + 7 * i, 150 - 3 * i);
    files[`train/b/${i}.jpg`] = await busyJpeg(97, 97 + i);
  }
  files['test/a/0.jpg'] = await busyJpeg(120, 110);
  files['test/b/0.jpg'] = await busyJpeg(110, 120);
  await writeFiles(folder, files);
  return folder;
}

function pool(threads: number): FeedPool {
  const opened = new FeedPool(threads);
  onTestFinished(() => opened.close());
  return opened;
}

async function open(
  from: FeedPool,
  path: string,
  memoryBytes: number,
  cacheFolder?: string,
): Promise<OpenDataset> {
  const source: DatasetSource = { kind: 'imageFolder', path, size };
  return await from.open({
    source,
    memoryBytes,
    cacheFolder: cacheFolder ?? (await temporaryFolder()),
  });
}

function feedOf(from: FeedPool, dataset: OpenDataset, options: FeedOptions = {}): ImageFeed {
  const feed = new ImageFeed(dataset, channels, from.connect(), options);
  onTestFinished(() => feed.close());
  return feed;
}

/** Batches of `batch` images in a random order of all training images. */
function requests(batch: number): FeedRequest[] {
  const order = createRandom('feed-test').shuffle(
    Array.from({ length: 2 * perClass }, (_, i) => i),
  );
  return Array.from({ length: Math.ceil(order.length / batch) }, (_, i) => ({
    part: 'train' as const,
    positions: Uint32Array.from(order.slice(i * batch, (i + 1) * batch)),
    draws,
  }));
}

async function all(feed: ImageFeed, wanted: readonly FeedRequest[]): Promise<Float32Array[]> {
  const stream = feed.stream((i) => wanted[i] ?? null);
  const batches: Float32Array[] = [];
  for (let batch = await stream.next(); batch !== null; batch = await stream.next()) {
    batches.push(batch);
  }
  stream.close();
  return batches;
}

test('whatever the number of threads, streamed or in memory, the pixels are those of one thread', async () => {
  const path = await photographs();
  const whole = await loadDataset({ kind: 'imageFolder', path, size });
  const wanted = requests(10);
  const expected = wanted.map(({ positions }) => {
    const out = new Float32Array(positions.length * size * size * 3);
    fillBatch(whole.train, positions, channels, draws, out);
    return out;
  });
  for (const threads of [1, 3]) {
    for (const memoryBytes of [0, 2 ** 30]) {
      const threadsOf = pool(threads);
      const dataset = await open(threadsOf, path, memoryBytes);
      expect('images' in dataset.train).toBe(memoryBytes > 0);
      expect(dataset.info).toEqual(whole.info);
      expect(dataset.train.labels).toEqual(whole.train.labels);
      const batches = await all(feedOf(threadsOf, dataset), wanted);
      expect(batches).toHaveLength(3);
      batches.forEach((batch, i) => {
        expect(Buffer.compare(bytes(batch), bytes(expected[i] as Float32Array))).toBe(0);
      });
    }
  }
});

const bytes = (values: Float32Array) => Buffer.from(values.buffer);

test('a stream that begins in the middle gives what the whole one gave from there', async () => {
  const threads = pool(2);
  const feed = feedOf(threads, await open(threads, await photographs(), 0));
  const wanted = requests(5);
  const whole = await all(feed, wanted);
  expect(await all(feed, wanted.slice(3))).toEqual(whole.slice(3));
  expect(await feed.read(wanted[2] as FeedRequest)).toEqual(whole[2]);
});

test('a slow consumer holds the threads up: no more buffers than the memory allows', async () => {
  const threads = pool(2);
  const dataset = await open(threads, await photographs(), 0);
  const batchBytes = 2 * size * size * 3 * 4;
  for (const [prefetchBytes, most] of [
    [3 * batchBytes, 4],
    [0, 2],
  ] as const) {
    const wanted = requests(2);
    let asked = 0;
    const feed = feedOf(threads, dataset, { prefetchBytes });
    const stream = feed.stream((i) => {
      asked += 1;
      return wanted[i] ?? null;
    });
    for (let taken = 1; taken <= 6; taken++) {
      await stream.next();
      // Long enough for all batches of the test to be made, if nothing held them up.
      if (taken === 3) await new Promise((resolve) => setTimeout(resolve, 300));
      expect(asked).toBe(taken + most);
      expect(feed.memories).toBe(most);
    }
    stream.close();
    expect(await stream.next()).toBe(null);
    await feed.read(wanted[0] as FeedRequest);
    await expect.poll(() => feed.memories).toBe(most - 1);
  }
});

test('what was begun for nobody does not write into batches that come after it', async () => {
  const threads = pool(2);
  const dataset = await open(threads, await photographs(), 0);
  const wanted = requests(5);
  const expected = await all(feedOf(threads, dataset), wanted);
  const feed = feedOf(threads, dataset);
  for (let taken = 0; taken < wanted.length; taken++) {
    const left = feed.stream((i) => wanted.at(-1 - i) ?? null);
    for (let i = 0; i < taken; i++) await left.next();
    left.close();
    expect(await all(feed, wanted)).toEqual(expected);
  }
});

/** Lets a thread fail for real: it cannot go through a list that is none. */
function crash(threads: FeedPool): void {
  for (const port of threads.connect()) port.postMessage({ kind: 'drop', ids: null });
}

test('a thread that ends is an error to who waits for it, and is replaced for the next', async () => {
  const threads = new FeedPool(1);
  const path = await photographs();
  const dataset = await open(threads, path, 0);
  const feed = new ImageFeed(dataset, channels, threads.connect());
  const wanted = requests(8);
  const expected = await feed.read(wanted[0] as FeedRequest);
  const stream = feed.stream((i) => wanted[i % 3] ?? null);
  const failing = expect(
    (async () => {
      for (;;) await stream.next();
    })(),
  ).rejects.toThrow(/ended before it was done/);
  crash(threads);
  await failing;
  await expect(feed.read(wanted[0] as FeedRequest)).rejects.toThrow(/is left/);
  feed.close();
  const again = new ImageFeed(dataset, channels, threads.connect());
  expect(await again.read(wanted[0] as FeedRequest)).toEqual(expected);
  again.close();
  await threads.close();
});

test('a thread that ends before it was ever asked for images is an error too', async () => {
  const threads = pool(1);
  const feed = feedOf(threads, await open(threads, await photographs(), 0));
  await threads.close();
  // The port's close is told after the thread has ended.
  await new Promise((resolve) => setTimeout(resolve, 50));
  await expect(feed.read(requests(8)[0] as FeedRequest)).rejects.toThrow(/is left/);
});

test('a file that changes while it is streamed is refused by name, and found by the next look', async () => {
  const [path, cache] = [await photographs(), await temporaryFolder()];
  const threads = pool(1);
  const dataset = await open(threads, path, 0, cache);
  const feed = feedOf(threads, dataset);
  const request: FeedRequest = { part: 'test', positions: Uint32Array.of(0, 1), draws };
  await feed.read(request);
  await writeFile(join(path, 'test/b/0.jpg'), await busyJpeg(96, 96));
  await expect(feed.read(request)).rejects.toMatchObject({
    code: 'DATASET_CORRUPT',
    path: ['dataset', 'path'],
    message: expect.stringMatching(/test\/b\/0\.jpg .*changed/),
  });
  const after = await open(threads, path, 0, cache);
  expect(after.info.hash).not.toBe(dataset.info.hash);
  await feedOf(threads, after).read(request);
});

test('a fault of the system that may pass is thrown, and no file is called broken for it', async () => {
  const path = await photographs();
  const threads = pool(1);
  const feed = feedOf(threads, await open(threads, path, 0));
  const request: FeedRequest = { part: 'test', positions: Uint32Array.of(0, 1), draws };
  const expected = await feed.read(request);
  await rename(join(path, 'test'), join(path, 'away'));
  await writeFile(join(path, 'test'), '');
  await expect(feed.read(request)).rejects.toThrow(/ENOTDIR/);
  await rm(join(path, 'test'));
  await rename(join(path, 'away'), join(path, 'test'));
  expect(await feed.read(request)).toEqual(expected);
});

test('opening stops when it is aborted, and refusals keep their code', async () => {
  const threads = pool(1);
  const path = await photographs();
  const request = { memoryBytes: 0, cacheFolder: await temporaryFolder() };
  const ending = new AbortController();
  const reason = new Error('enough');
  const opening = threads.open(
    { source: { kind: 'imageFolder', path, size }, ...request },
    { signal: ending.signal, onProgress: () => ending.abort(reason) },
  );
  await expect(opening).rejects.toBe(reason);
  const gone = { kind: 'imageFolder', path: join(path, 'gone'), size } as const;
  await expect(threads.open({ source: gone, ...request })).rejects.toMatchObject({
    code: 'DATASET_NOT_FOUND',
    path: ['dataset', 'path'],
  });
});
