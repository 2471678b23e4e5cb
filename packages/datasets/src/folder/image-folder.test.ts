import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LoadOptions } from '../dataset.ts';
import { loadDataset } from '../source.ts';
import { png, temporaryFolder, writeFiles, writeSmallFolder } from '../temp-folder.fixture.ts';

/** A whole folder in memory. */
function loadImageFolder(place: { path: string; size: number }, options: LoadOptions = {}) {
  return loadDataset({ kind: 'imageFolder', ...place }, options);
}

test('loads pixels, labels and a description', async () => {
  const folder = await temporaryFolder();
  await writeSmallFolder(folder);
  const progress: number[] = [];
  const { info, train, test } = await loadImageFolder(
    { path: folder, size: 8 },
    {
      onProgress: ({ done, total, what }) => {
        if (what === 'images loaded') progress.push(done / total);
      },
    },
  );
  expect(info).toMatchObject({
    kind: 'imageFolder',
    classes: ['cat', 'dog'],
    size: 8,
    trainCount: 6,
    testCount: 2,
    testPart: 'test',
    rejected: [],
  });
  expect([...train.labels]).toEqual([0, 0, 0, 1, 1, 1]);
  expect([...train.images.subarray(0, 3)]).toEqual([0xc0, 0x10, 0x10]);
  expect([...test.images.subarray(8 * 8 * 3, 8 * 8 * 3 + 3)]).toEqual([0x10, 0x10, 0xc0]);
  expect(info.mean[1]).toBeCloseTo(0x10 / 255, 10);
  expect(progress.at(-1)).toBe(1);
  expect(progress).toHaveLength(8);
});

test('the hash follows contents, labels, class names and size, not the place', async () => {
  const folder = await temporaryFolder();
  const [first, moved, renamed, changed] = ['first', 'moved', 'renamed', 'changed'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  await writeSmallFolder(first);
  for (const copy of [moved, changed]) await cp(first, copy, { recursive: true });
  for (const part of ['train', 'test']) {
    await cp(join(first, part, 'cat'), join(renamed, part, 'cat'), { recursive: true });
    await cp(join(first, part, 'dog'), join(renamed, part, 'wolf'), { recursive: true });
  }
  await writeFiles(changed, { 'test/dog/0.png': await png('#1010c1') });
  const hash = async (path: string) => (await loadImageFolder({ path, size: 8 })).info.hash;
  const expected = await hash(first);
  expect(await hash(moved)).toBe(expected);
  expect(await hash(renamed)).not.toBe(expected);
  expect(await hash(changed)).not.toBe(expected);
  expect((await loadImageFolder({ path: first, size: 9 })).info.hash).not.toBe(expected);
});

test('up to 1 % of damaged files are named, and the next of their class stands in for them', async () => {
  const folder = await temporaryFolder();
  await writeSmallFolder(folder, 99);
  // 200 files in all, 2 of them damaged: exactly 1 %.
  await writeFiles(folder, { 'train/cat/17.png': '', 'train/dog/5.png': 'not a picture' });
  const { info, train } = await loadImageFolder({ path: folder, size: 8 });
  expect(info.rejected).toEqual([
    { file: 'train/cat/17.png', reason: 'the file is empty' },
    { file: 'train/dog/5.png', reason: 'the content is not JPEG, PNG or WebP' },
  ]);
  expect(info.trainCount).toBe(198);
  expect(train.images).toHaveLength(198 * 8 * 8 * 3);
  expect([...train.labels].filter((label) => label === 0)).toHaveLength(99);
  // Nothing shifted: cats are red and dogs are blue throughout.
  const reds = Array.from(train.labels, (_, i) => train.images[i * 8 * 8 * 3]);
  expect(reds).toEqual(Array.from(train.labels, (label) => (label === 0 ? 0xc0 : 0x10)));
});

test('more than 1 % fails with up to 100 names and the count', async () => {
  const folder = await temporaryFolder();
  await writeSmallFolder(folder, 99);
  const damaged = Array.from({ length: 99 }, (_, i) => [`train/cat/${i}.png`, '']);
  await writeFiles(folder, Object.fromEntries(damaged.slice(0, 3)));
  const load = () => loadImageFolder({ path: folder, size: 8 });
  await expect(load()).rejects.toMatchObject({
    code: 'DATASET_CORRUPT',
    path: ['dataset', 'path'],
    message: expect.stringMatching(/^3 of 200 files .*train\/cat\/0\.png.*train\/cat\/2\.png/),
  });
  await writeFiles(folder, Object.fromEntries(damaged));
  await expect(load()).rejects.toThrow(/^99 of 200 files .*train\/cat\/98\.png \([^)]*\)$/);
  const dogs = Array.from({ length: 2 }, (_, i) => [`train/dog/${i}.png`, '']);
  await writeFiles(folder, Object.fromEntries(dogs));
  await expect(load()).rejects.toThrow(/^101 of 200 files .*dog\/0\.png \([^)]*\) and 1 more$/);
});

test('a part in which no image of a class decodes fails though the share is small', async () => {
  const folder = await temporaryFolder();
  await writeSmallFolder(folder, 99);
  await writeFiles(folder, { 'test/dog/0.png': '' });
  await expect(loadImageFolder({ path: folder, size: 8 })).rejects.toMatchObject({
    code: 'DATASET_CORRUPT',
    message: expect.stringMatching(/no file decodes in test\/ .*: dog/),
  });
});

test('stops with the reason of the signal', async () => {
  const folder = await temporaryFolder();
  await writeSmallFolder(folder, 40);
  const controller = new AbortController();
  const reason = new Error('enough');
  const loading = loadImageFolder(
    { path: folder, size: 8 },
    {
      signal: controller.signal,
      onProgress: ({ done, what }) => {
        if (what === 'images loaded' && done === 3) controller.abort(reason);
      },
    },
  );
  await expect(loading).rejects.toBe(reason);
});

test('the stand-in is the next of its class in the order of names, after the last the first', async () => {
  const folder = await temporaryFolder();
  await writeSmallFolder(folder, 99);
  // By code units 97 is followed by 98, and 99 is not there: the order ends with 9, 90 … 98.
  const [after, wrapped] = [await png('#00ff00'), await png('#00ffff')];
  await writeFiles(folder, {
    'train/cat/17.png': '',
    'train/cat/18.png': after,
    'train/dog/98.png': '',
    'train/dog/0.png': wrapped,
  });
  const { train, info } = await loadImageFolder({ path: folder, size: 8 });
  const names = Array.from({ length: 99 }, (_, i) => String(i)).sort();
  const colourOf = (label: number, name: string) => {
    const at = (label * 99 + names.indexOf(name)) * 8 * 8 * 3;
    return [...train.images.subarray(at, at + 3)];
  };
  expect(info.rejected).toHaveLength(2);
  expect(colourOf(0, '17')).toEqual([0, 255, 0]);
  expect(colourOf(1, '98')).toEqual([0, 255, 255]);
});
