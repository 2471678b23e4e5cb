import sharp from 'sharp';
import { expect, it } from 'vitest';
import { fillBatch } from '../fill-batch.ts';
import { drawSheet, sheetColumns } from './draw-sheet.ts';
import { samplePositions } from './sample-positions.ts';

function positionsOf(labels: readonly number[], classes: number): number[] {
  return [...samplePositions({ count: labels.length, labels: Uint16Array.from(labels) }, classes)];
}

it('takes the first of every class, as many of each as go', () => {
  expect(positionsOf([2, 0, 2, 1, 0, 0], 3)).toEqual([1, 4, 5, 3, 0, 2]);
  const many = positionsOf(
    Array.from({ length: 1000 }, (_, i) => i % 10),
    10,
  );
  expect(many).toHaveLength(64);
  expect(many.slice(0, 7)).toEqual([0, 10, 20, 30, 40, 50, 60]);
  // Four classes have one more than the other six.
  expect(many.map((position) => position % 10).filter((label) => label === 9)).toHaveLength(6);
});

it('takes one of classes spread over the list where there are more than 64', () => {
  const labels = Array.from({ length: 400 }, (_, i) => i % 200);
  const positions = positionsOf(labels, 200);
  expect(positions).toHaveLength(64);
  expect(positions.slice(0, 3)).toEqual([0, 3, 6]);
  expect(positions.at(-1)).toBe(196);
});

it('draws the pixels as they are', async () => {
  const [size, count] = [5, 11];
  const images = Uint8Array.from({ length: count * size * size * 3 }, (_, i) => (i * 37) % 256);
  const set = { images, count, size, labels: new Uint8Array(count) };
  const channels = { mean: [0.485, 0.4, 0.1], std: [0.229, 0.2, 0.01] } as const;
  const statistics = { mean: [...channels.mean], std: [...channels.std] } as {
    mean: [number, number, number];
    std: [number, number, number];
  };
  const x = new Float32Array(images.length);
  const all = Array.from({ length: count }, (_, i) => i);
  fillBatch(set, all, statistics, { augment: 'none' }, x);
  const sheet = sharp(await drawSheet(x, size, statistics));
  expect(await sheet.metadata()).toMatchObject({ format: 'png', width: 40, height: 10 });
  for (const image of [0, 7, 10]) {
    const place = {
      left: (image % sheetColumns) * size,
      top: Math.floor(image / sheetColumns) * size,
    };
    const box = { ...place, width: size, height: size };
    const pixels = await sheet.clone().extract(box).raw().toBuffer();
    const bytes = size * size * 3;
    expect([...pixels]).toEqual([...images.subarray(image * bytes, (image + 1) * bytes)]);
  }
});
