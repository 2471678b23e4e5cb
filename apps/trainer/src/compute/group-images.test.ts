import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FeedPool } from '@blockwise/datasets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ImageLibrary } from '../images/image-library.ts';
import { tinyDataset } from '../testing/tiny-search.ts';
import { type FeatureGroup, rowRange, spreadOf } from './feature-groups.ts';
import { groupImages, groupPositions, SequenceImages } from './group-images.ts';
import { Reporter } from './reporter.ts';
import { type SearchData, searchData } from './search-data.ts';

let folder: string;
let data: SearchData;
let library: ImageLibrary;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-group-images-'));
  library = new ImageLibrary(new FeedPool(1), { cacheFolder: folder, memoryBytes: 2 ** 30 });
  const division = { seed: 1, ratingPerClass: 4, calibrationImages: 16 };
  data = await searchData(
    { source: tinyDataset, ...division, normalisation: 'imagenet', expectedHash: null },
    { images: library.user(), reporter: new Reporter(() => undefined) },
  );
});
afterAll(async () => {
  await library.close();
  await rm(folder, { recursive: true });
});

const draws = { augment: 'paper', seed: 1 } as const;

function imagesOf(group: FeatureGroup): Promise<Float32Array> {
  return groupImages(data, group, rowRange(0, 12), draws);
}

/** The same images as they are on disk, normalised. */
function cleanImagesOf(group: FeatureGroup): Promise<Float32Array> {
  const positions = groupPositions(data, group).subarray(0, 12);
  return data.feed.read({ part: 'train', positions, draws: { augment: 'none' } });
}

describe("DNA's trap 6", () => {
  test('calibration images are clean: no random erasing, no augmentation at all', async () => {
    const calibration = { kind: 'calibration' } as const;
    expect(await imagesOf(calibration)).toEqual(await cleanImagesOf(calibration));
    const fitted = new Set(data.fitting);
    expect(data.calibration.every((position) => fitted.has(position))).toBe(true);
  });
});

test('rating images are clean, and no training image is among them', async () => {
  const rating = { kind: 'rating' } as const;
  expect(await imagesOf(rating)).toEqual(await cleanImagesOf(rating));
  const fitted = new Set(data.fitting);
  expect(data.rating.some((position) => fitted.has(position))).toBe(false);
});

test('training images are augmented, each variant otherwise and each twice the same', async () => {
  const ofVariant = (variant: number) => imagesOf({ kind: 'train', variant });
  const [one, other] = [await ofVariant(0), await ofVariant(1)];
  expect(one).not.toEqual(await cleanImagesOf({ kind: 'train', variant: 0 }));
  expect(one).not.toEqual(other);
  expect(await ofVariant(0)).toEqual(one);
});

test('a few images of a group are spread over its classes', () => {
  const { rows } = spreadOf('rating', data.rating.length, 6);
  const labels = [...rows].map((row) => data.train.labels[data.rating[row] ?? 0]);
  expect(new Set(labels).size).toBe(3);
  expect([...spreadOf('rating', 4, 10).rows]).toEqual([0, 1, 2, 3]);
});

test('a sequence read part by part gives its images, in order, after a jump too', async () => {
  const images = new SequenceImages(data, draws);
  const group = { kind: 'train', variant: 1 } as const;
  const rows = rowRange(0, 11).reverse();
  const sequence = { name: 'backwards', group, rows, epoch: 0 };
  const parts: [number, number][] = [
    [0, 4],
    [4, 8],
    [8, 11],
    [2, 6],
    [6, 10],
  ];
  for (const [from, to] of parts) {
    const expected = await groupImages(data, group, rows.subarray(from, to), draws);
    expect(await images.read(sequence, from, to)).toEqual(expected);
  }
  images.close();
});
