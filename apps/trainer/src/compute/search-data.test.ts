import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Reporter } from './reporter.ts';
import { searchData } from './search-data.ts';
import { StopSignal } from './stop-signal.ts';

/** A PNG file of 8 × 8 pixels of one colour, from the part in which such files differ. */
const pngOf = (pixels: string) =>
  Buffer.from(
    `iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQI12M${pixels}AAAABJRU5ErkJggg==`,
    'base64',
  );
const red = pngOf('4ICCAFTEMLQkADhI4AVB5koQ');
const blue = pngOf('QEDiAFTEMLQkAtgM4AWYLLXU');

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'blockwise-search-data-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const images = () => path.join(root, 'images');

/** Two classes of three training images and one test image, all of the same picture. */
async function fill(image: Uint8Array): Promise<void> {
  for (const folder of ['train/a', 'train/b', 'test/a', 'test/b']) {
    await mkdir(path.join(images(), folder), { recursive: true });
    for (const name of folder.startsWith('train') ? ['0', '1', '2'] : ['0']) {
      await writeFile(path.join(images(), folder, `${name}.png`), image);
    }
  }
}

function load(expectedHash: string | null) {
  const source = { kind: 'imageFolder', path: images(), size: 8 } as const;
  const request = {
    source,
    seed: 1,
    ratingPerClass: 1,
    calibrationImages: 2,
    normalisation: 'data' as const,
    expectedHash,
  };
  const reporter = new Reporter(() => undefined);
  return searchData(request, {
    cacheFolder: path.join(root, 'cache'),
    reporter,
    stop: new StopSignal(),
  });
}

test('a search that begins after the folder changed gets the images that are there now', async () => {
  await fill(red);
  const before = await load(null);
  await fill(blue);
  const after = await load(null);
  expect([...before.train.images.subarray(0, 3)]).toEqual([0xc0, 0x10, 0x10]);
  expect([...after.train.images.subarray(0, 3)]).toEqual([0x10, 0x10, 0xc0]);
});

test('the hash of the changed folder is accepted, that of its former content refused', async () => {
  await fill(blue);
  const { hash } = (await load(null)).info;
  await fill(red);
  const former = (await load(null)).info.hash;
  await fill(blue);
  expect((await load(hash)).info.hash).toBe(hash);
  await expect(load(former)).rejects.toMatchObject({ code: 'DATASET_CORRUPT' });
});

test('while the hash is the expected one nothing is loaded again', async () => {
  await fill(red);
  const first = await load(null);
  const { hash } = first.info;
  await rm(images(), { recursive: true });
  expect(await load(hash)).toBe(first);
});
