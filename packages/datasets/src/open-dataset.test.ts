import { readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetSource } from '@blockwise/contracts';
import { expect, test } from 'vitest';
import { readStreamed } from './folder/read-streamed.ts';
import { openDataset } from './open-dataset.ts';
import { loadDataset } from './source.ts';
import {
  plain,
  png,
  temporaryFolder,
  writeFiles,
  writeSmallFolder,
} from './temp-folder.fixture.ts';

const numbers = { seed: 1, classes: 3, size: 16, trainPerClass: 2, testPerClass: 1 };
const procedural: DatasetSource = { kind: 'procedural', ...numbers };

/** Loads and tells whether it came from the store, and what was said of a damaged copy. */
async function load(source: DatasetSource, cache: string) {
  let built = false;
  const notes: string[] = [];
  const dataset = await openDataset(source, {
    cacheFolder: cache,
    memoryBytes: 2 ** 20,
    onProgress: ({ what }) => {
      if (what === 'images loaded') built = true;
    },
    onRebuild: (reason) => notes.push(reason),
  });
  return { dataset, built, notes };
}

async function onlyFile(cache: string): Promise<string> {
  const names = (await readdir(cache)).filter((name) => !name.endsWith('.files'));
  expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.dataset$/)]);
  return join(cache, names[0] ?? '');
}

test('the second load reads the same data set from the store', async () => {
  const cache = join(await temporaryFolder(), 'not', 'there', 'yet');
  const first = await load(procedural, cache);
  const second = await load(procedural, cache);
  expect([first.built, second.built]).toEqual([true, false]);
  expect(second.dataset).toEqual(await loadDataset(procedural));
  await onlyFile(cache);
  expect((await load({ kind: 'procedural', ...numbers, seed: 2 }, cache)).built).toBe(true);
});

test('a change in the folder is noticed', async () => {
  const [folder, cache] = [await temporaryFolder(), await temporaryFolder()];
  await writeSmallFolder(folder);
  const source: DatasetSource = { kind: 'imageFolder', path: folder, size: 8 };
  const look = async (change: Promise<unknown>) => {
    await change;
    return (await load(source, cache)).built;
  };
  const file = join(folder, 'train/cat/0.png');
  expect(await look(Promise.resolve())).toBe(true);
  expect(await look(Promise.resolve())).toBe(false);
  // It is read again, and found to be the same.
  expect(await look(utimes(file, 1, 1))).toBe(false);
  expect(await look(writeFiles(folder, { 'train/cat/0.png': await png('#0000ff') }))).toBe(true);
  expect(await look(writeFiles(folder, { 'train/cat/new.png': await png('#00ff00') }))).toBe(true);
  expect(await look(writeFiles(folder, { 'train/cat/notes.txt': 'x' }))).toBe(false);
  expect((await load({ ...source, size: 9 }, cache)).built).toBe(true);
});

test('any damage to a stored copy is found and mended', async () => {
  const cache = await temporaryFolder();
  const { dataset } = await load(procedural, cache);
  const path = await onlyFile(cache);
  const whole = await readFile(path);
  const flipped = (at: number) => {
    const copy = Buffer.from(whole);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };
  const damages: [Buffer, RegExp][] = [
    [Buffer.alloc(0), /preamble/],
    [flipped(0), /another format/],
    [flipped(16), /cut off|hash/],
    [flipped(30), /header does not match/],
    [flipped(100), /header does not match/],
    [flipped(whole.length - 1), /content does not match/],
    [flipped(whole.length - 2000), /content does not match/],
    [whole.subarray(0, whole.length - 1), /wrong length/],
    [Buffer.concat([whole, Buffer.alloc(1)]), /wrong length/],
    [whole.subarray(0, 100), /cut off/],
  ];
  for (const [bytes, reason] of damages) {
    await writeFile(path, bytes);
    const { dataset: mended, built, notes } = await load(procedural, cache);
    expect(notes).toEqual([expect.stringMatching(reason)]);
    expect(built).toBe(true);
    expect(mended).toEqual(dataset);
    expect((await readFile(path)).equals(whole)).toBe(true);
  }
});

test('several loads at once all succeed and leave one file', async () => {
  const cache = await temporaryFolder();
  const loads = await Promise.all(Array.from({ length: 4 }, () => load(procedural, cache)));
  expect(new Set(loads.map(({ dataset }) => dataset.info.hash)).size).toBe(1);
  await onlyFile(cache);
});

test('what a killed writer left behind is removed, a running writer is not disturbed', async () => {
  const cache = await temporaryFolder();
  await writeFiles(cache, { 'a.dataset.1.tmp': 'x', 'b.dataset.2.tmp': 'x', 'c.tmp': 'x' });
  const hourAgo = Date.now() / 1000 - 3600;
  for (const name of ['a.dataset.1.tmp', 'c.tmp'])
    await utimes(join(cache, name), hourAgo, hourAgo);
  await load(procedural, cache);
  const left = (await readdir(cache)).filter((name) => name.endsWith('.tmp'));
  expect(left.sort()).toEqual(['b.dataset.2.tmp', 'c.tmp']);
});

test('a source that is not there is refused as without a store', async () => {
  const cache = await temporaryFolder();
  const gone: DatasetSource = { kind: 'imageFolder', path: join(cache, 'gone'), size: 8 };
  await expect(load(gone, cache)).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
  await writeSmallFolder(join(cache, 'cut'), 2);
  await truncate(join(cache, 'cut/train/cat/0.png'), 20);
  const cut: DatasetSource = { kind: 'imageFolder', path: join(cache, 'cut'), size: 8 };
  await expect(load(cut, cache)).rejects.toMatchObject({ code: 'DATASET_CORRUPT' });
  expect((await readdir(cache)).filter((name) => name.endsWith('.dataset'))).toEqual([]);
});

test('a folder of every shape and mode is the same in memory and streamed', async () => {
  const folder = await temporaryFolder();
  const colours = { a: '#c01010', b: '#1010c0' };
  for (const [name, colour] of Object.entries(colours)) {
    const picture = (width: number, height: number) => plain(width, height, colour);
    await writeFiles(folder, {
      [`train/${name}/alpha.png`]: await picture(40, 90).ensureAlpha(0.5).png().toBuffer(),
      [`train/${name}/cmyk.jpg`]: await picture(300, 200).toColourspace('cmyk').jpeg().toBuffer(),
      [`train/${name}/deep.png`]: await picture(20, 20).toColourspace('rgb16').png().toBuffer(),
      [`train/${name}/grey.jpg`]: await picture(33, 44).toColourspace('b-w').jpeg().toBuffer(),
      [`train/${name}/lossless.webp`]: await picture(64, 64).webp({ lossless: true }).toBuffer(),
      [`train/${name}/turned.jpg`]: await turnedJpeg(colour),
      [`test/${name}/one.png`]: await png(colour, 5),
    });
  }
  const source: DatasetSource = { kind: 'imageFolder', path: folder, size: 32 };
  const cacheFolder = await temporaryFolder();
  const whole = await openDataset(source, { cacheFolder, memoryBytes: 2 ** 20 });
  const streamed = await openDataset(source, { cacheFolder, memoryBytes: 0 });
  expect(streamed.info).toEqual(whole.info);
  expect(whole.info.rejected).toEqual([]);
  for (const part of ['train', 'test'] as const) {
    const [memory, files] = [whole[part], streamed[part]];
    if (!('images' in memory) || !('files' in files)) throw new Error('not as asked for');
    for (let at = 0; at < memory.count; at++) {
      const pixels = memory.images.subarray(at * 32 * 32 * 3, (at + 1) * 32 * 32 * 3);
      expect(Buffer.compare(await readStreamed(files, at), pixels)).toBe(0);
    }
  }
  // By name the last of a class: stored with its green half on top, seen with it on the right.
  const { train } = whole;
  if (!('images' in train)) throw new Error('not in memory');
  const colourOf = (position: number, x: number, y: number) => {
    const at = ((position * 32 + y) * 32 + x) * 3;
    return [...train.images.subarray(at, at + 3)];
  };
  const farthest = (seen: number[], expected: number[]) =>
    Math.max(...seen.map((value, i) => Math.abs(value - (expected[i] ?? 0))));
  expect(farthest(colourOf(5, 3, 16), [0xc0, 0x10, 0x10])).toBeLessThan(4);
  expect(farthest(colourOf(5, 28, 16), [0, 255, 0])).toBeLessThan(4);
});

/** Orientation 6 of EXIF: the stored top, which is green, is the right-hand side of what is seen. */
async function turnedJpeg(colour: string): Promise<Buffer> {
  const top = await plain(64, 32, '#00ff00').png().toBuffer();
  const stored = plain(64, 64, colour).composite([{ input: top, left: 0, top: 0 }]);
  return await stored.jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
}

test('broken files of a streamed set are recorded, stood in for, and too many of them an error', async () => {
  const [folder, cacheFolder] = [await temporaryFolder(), await temporaryFolder()];
  await writeSmallFolder(folder, 99);
  const breakFile = (name: string) => writeFiles(folder, { [name]: `${name} is no picture` });
  const source: DatasetSource = { kind: 'imageFolder', path: folder, size: 8 };
  const open = async () => {
    const { info, train } = await openDataset(source, { cacheFolder, memoryBytes: 0 });
    if (!('files' in train)) throw new Error('not streamed');
    return { info, train };
  };
  await breakFile('train/cat/17.png');
  await breakFile('train/dog/98.png');
  // Measuring the colours has looked at every file of this small set, and found both.
  const { info, train } = await open();
  expect(info.trainCount).toBe(198);
  const names = Array.from({ length: 99 }, (_, i) => String(i)).sort();
  expect([...(await readStreamed(train, names.indexOf('17'))).subarray(0, 3)]).toEqual([
    192, 16, 16,
  ]);
  expect([...(await readStreamed(train, 99 + 98)).subarray(0, 3)]).toEqual([16, 16, 192]);
  const again = await open();
  expect(again.info.hash).toBe(info.hash);
  expect(again.info.rejected.map(({ file }) => file)).toEqual([
    'train/cat/17.png',
    'train/dog/98.png',
  ]);
  await breakFile('train/cat/3.png');
  await expect(open()).rejects.toMatchObject({
    code: 'DATASET_CORRUPT',
    path: ['dataset', 'path'],
    message: expect.stringMatching(/^3 of 200 files .*train\/cat\/17\.png/),
  });
});
