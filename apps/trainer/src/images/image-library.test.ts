import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FeedPool } from '@blockwise/datasets';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ImageLibrary } from './image-library.ts';

const numbers = { seed: 1, classes: 2, size: 16, trainPerClass: 4, testPerClass: 1 };
const source = { kind: 'procedural', ...numbers } as const;
const bytes = 10 * 16 * 16 * 3;

let folder: string;
let library: ImageLibrary;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-library-'));
  library = new ImageLibrary(new FeedPool(1), { cacheFolder: folder, memoryBytes: 2 ** 20 });
});
afterEach(async () => {
  await library.close();
  await rm(folder, { recursive: true });
});

const silent = () => undefined;

test('two threads share one copy, opened at once or later; it goes with the last of them', async () => {
  const [one, two, three] = [library.user(), library.user(), library.user()];
  const wanted = { source, expectedHash: null };
  const both = await Promise.all([one.open(wanted, silent), two.open(wanted, silent)]);
  const [first, second] = both.map(({ dataset }) => dataset);
  expect(second?.train).toBe(first?.train);
  const later = await three.open({ source, expectedHash: first?.info.hash ?? '' }, silent);
  expect(later.dataset.train).toBe(first?.train);
  expect(library.heldBytes).toBe(bytes);
  const other = { source: { ...source, seed: 2 }, expectedHash: null };
  await one.open(other, silent);
  await two.open(other, silent);
  expect(library.heldBytes).toBe(2 * bytes);
  three.leave();
  expect(library.heldBytes).toBe(bytes);
});

test('an opening goes on while anybody waits for it, and ends when nobody does', async () => {
  const many = { ...source, trainPerClass: 2000 };
  const [one, two] = [library.user(), library.user()];
  const [first, second] = [new AbortController(), new AbortController()];
  const reason = new Error('stopped');
  let seen = 0;
  const onProgress = () => {
    seen += 1;
    first.abort(reason);
    if (seen > 5) second.abort(reason);
  };
  const wanted = { source: many, expectedHash: null };
  const asked = [
    one.open(wanted, onProgress, first.signal),
    two.open(wanted, onProgress, second.signal),
  ];
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(seen).toBeGreaterThan(5);
  expect(library.heldBytes).toBe(0);
  // Nothing of it is left: the next one is opened as if it were the first.
  await expect(two.open(wanted, silent)).resolves.toMatchObject({
    dataset: { info: { trainCount: 4000 } },
  });
});

test('a cancelled opening that ends late leaves the next one of its thread alone', async () => {
  const [one, other] = [library.user(), library.user()];
  const cancelled = new AbortController();
  const many = { source: { ...source, trainPerClass: 2000 }, expectedHash: null };
  const first = one.open(many, () => cancelled.abort(new Error('cancelled')), cancelled.signal);
  const failing = expect(first).rejects.toThrow();
  await new Promise<void>((resolve) => {
    cancelled.signal.addEventListener('abort', () => resolve());
  });
  const wanted = { source, expectedHash: null };
  const [next] = await Promise.all([one.open(wanted, silent), failing]);
  expect(library.heldBytes).toBe(bytes);
  const same = await other.open({ source, expectedHash: next.dataset.info.hash }, silent);
  expect(same.dataset.train).toBe(next.dataset.train);
});

test('who asks again for what is being opened for it alone does not end the opening', async () => {
  const one = library.user();
  const wanted = { source, expectedHash: null };
  const [first, again] = await Promise.all([one.open(wanted, silent), one.open(wanted, silent)]);
  expect(again.dataset.train).toBe(first.dataset.train);
  expect(library.heldBytes).toBe(bytes);
});
