import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fillBatch } from '@blockwise/datasets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyDataset } from '../testing/tiny-search.ts';
import { type FeatureGroup, rowRange, spreadOf } from './feature-groups.ts';
import { groupImages, groupPositions } from './group-images.ts';
import { imageValues } from './image-shape.ts';
import { Reporter } from './reporter.ts';
import { type SearchData, searchData } from './search-data.ts';
import { StopSignal } from './stop-signal.ts';

let folder: string;
let data: SearchData;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-group-images-'));
  const division = { seed: 1, ratingPerClass: 4, calibrationImages: 16 };
  data = await searchData(
    { source: tinyDataset, ...division, normalisation: 'imagenet', expectedHash: null },
    { cacheFolder: folder, reporter: new Reporter(() => undefined), stop: new StopSignal() },
  );
});
afterAll(() => rm(folder, { recursive: true }));

const draws = { augment: 'paper', seed: 1 } as const;

function imagesOf(group: FeatureGroup): Float32Array {
  return groupImages(data, group, rowRange(0, 12), draws);
}

/** The same images as they are on disk, normalised. */
function cleanImagesOf(group: FeatureGroup): Float32Array {
  const positions = groupPositions(data, group).subarray(0, 12);
  const out = new Float32Array(positions.length * imageValues(data.info.size));
  fillBatch(data.train, positions, data.channels, { augment: 'none' }, out);
  return out;
}

describe("DNA's trap 6", () => {
  test('calibration images are clean: no random erasing, no augmentation at all', () => {
    const calibration = { kind: 'calibration' } as const;
    expect(imagesOf(calibration)).toEqual(cleanImagesOf(calibration));
    const fitted = new Set(data.fitting);
    expect(data.calibration.every((position) => fitted.has(position))).toBe(true);
  });
});

test('rating images are clean, and no training image is among them', () => {
  expect(imagesOf({ kind: 'rating' })).toEqual(cleanImagesOf({ kind: 'rating' }));
  const fitted = new Set(data.fitting);
  expect(data.rating.some((position) => fitted.has(position))).toBe(false);
});

test('training images are augmented, each variant otherwise and each twice the same', () => {
  const [one, other] = [0, 1].map((variant) => imagesOf({ kind: 'train', variant }));
  expect(one).not.toEqual(cleanImagesOf({ kind: 'train', variant: 0 }));
  expect(one).not.toEqual(other);
  expect(imagesOf({ kind: 'train', variant: 0 })).toEqual(one);
});

test('a few images of a group are spread over its classes', () => {
  const { rows } = spreadOf('rating', data.rating.length, 6);
  const labels = [...rows].map((row) => data.train.labels[data.rating[row] ?? 0]);
  expect(new Set(labels).size).toBe(3);
  expect([...spreadOf('rating', 4, 10).rows]).toEqual([0, 1, 2, 3]);
});
