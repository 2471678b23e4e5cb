import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FeedPool } from '@blockwise/datasets';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ImageLibrary, type ImageUser } from '../images/image-library.ts';
import { Reporter } from './reporter.ts';
import { type SearchData, searchData } from './search-data.ts';

/** A PNG file of 8 × 8 pixels of one colour, from the part in which such files differ. */
const pngOf = (pixels: string) =>
  Buffer.from(
    `iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQI12M${pixels}AAAABJRU5ErkJggg==`,
    'base64',
  );
const red = pngOf('4ICCAFTEMLQkADhI4AVB5koQ');
const blue = pngOf('QEDiAFTEMLQkAtgM4AWYLLXU');

let root: string;
let library: ImageLibrary;
let images: ImageUser;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'blockwise-search-data-'));
  const cacheFolder = path.join(root, 'cache');
  library = new ImageLibrary(new FeedPool(1), { cacheFolder, memoryBytes: 2 ** 20 });
  images = library.user();
});
afterEach(async () => {
  await library.close();
  await rm(root, { recursive: true });
});

const photographs = () => path.join(root, 'images');

/** Two classes of three training images and one test image, all of the same picture. */
async function fill(image: Uint8Array): Promise<void> {
  for (const folder of ['train/a', 'train/b', 'test/a', 'test/b']) {
    await mkdir(path.join(photographs(), folder), { recursive: true });
    for (const name of folder.startsWith('train') ? ['0', '1', '2'] : ['0']) {
      await writeFile(path.join(photographs(), folder, `${name}.png`), image);
    }
  }
}

function load(expectedHash: string | null) {
  const source = { kind: 'imageFolder', path: photographs(), size: 8 } as const;
  const request = {
    source,
    seed: 1,
    ratingPerClass: 1,
    calibrationImages: 2,
    normalisation: 'imagenet' as const,
    expectedHash,
  };
  const reporter = new Reporter(() => undefined);
  return searchData(request, { images, reporter });
}

/** Of the first training image, 0..255. */
async function firstPixel({ feed, channels }: SearchData): Promise<number[]> {
  const draws = { augment: 'none' } as const;
  const image = await feed.read({ part: 'train', positions: Uint32Array.of(0), draws });
  return [0, 1, 2].map((channel) =>
    Math.round(
      255 * ((image[channel] ?? 0) * channels.std[channel as 0] + channels.mean[channel as 0]),
    ),
  );
}

test('a search that begins after the folder changed gets the images that are there now', async () => {
  await fill(red);
  const before = await load(null);
  await fill(blue);
  const after = await load(null);
  expect(await firstPixel(before)).toEqual([0xc0, 0x10, 0x10]);
  expect(await firstPixel(after)).toEqual([0x10, 0x10, 0xc0]);
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
  await rm(photographs(), { recursive: true });
  expect(await load(hash)).toBe(first);
});
