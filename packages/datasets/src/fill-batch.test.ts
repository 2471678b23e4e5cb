import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { drawWindow } from './augment/pad-crop.ts';
import type { ImageSet } from './dataset.ts';
import { type AugmentDraws, fillBatch, imageDraws } from './fill-batch.ts';

const size = 16;
const step = size * size * 3;
const padding = 2;
/** Every value tells its image, row, column and channel apart from its neighbours. */
const set: ImageSet = {
  count: 40,
  size,
  images: Uint8Array.from({ length: 40 * step }, (_, i) => (i * 37 + (i >> 8) * 11) % 251),
  labels: new Uint8Array(40),
};
const info = {
  mean: [0.4, 0.5, 0.6] as [number, number, number],
  std: [0.2, 0.25, 0.3] as [number, number, number],
};
/** The window that `light` takes of an image. */
function lightWindow(draws: AugmentDraws, image: number, side = size) {
  return drawWindow(side, 1 / 8, true, imageDraws(draws, image));
}

const light = { augment: 'light', seed: 9, epoch: 2 } as const;

function fill(indices: number[], draws: AugmentDraws): Float32Array {
  const out = new Float32Array(indices.length * step);
  fillBatch(set, indices, info, draws, out);
  return out;
}

/** The normalised value, or 0 outside of the image. */
function expected(image: number, row: number, column: number, channel: 0 | 1 | 2): number {
  if (row < 0 || row >= size || column < 0 || column >= size) return 0;
  const value = set.images[image * step + (row * size + column) * 3 + channel] as number;
  return Math.fround((value / 255 - info.mean[channel]) / info.std[channel]);
}

test('without augmentation pixels are normalised in place and order', () => {
  const out = fill([3, 0, 3], { augment: 'none' });
  for (const [at, image] of [3, 0, 3].entries()) {
    for (const [row, column] of [
      [0, 0],
      [5, 11],
      [15, 15],
    ] as const) {
      for (const channel of [0, 1, 2] as const) {
        const value = out[at * step + (row * size + column) * 3 + channel];
        expect(value).toBe(expected(image, row, column, channel));
      }
    }
  }
});

test('light augmentation is a crop of the padded, perhaps flipped image', () => {
  const indices = [...Array(40).keys()];
  const out = fill(indices, light);
  let [flips, outside] = [0, 0];
  for (const image of indices) {
    const { flip, down, right } = lightWindow(light, image);
    if (flip) flips++;
    expect(Math.max(Math.abs(down), Math.abs(right))).toBeLessThanOrEqual(padding);
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const column = (flip ? size - 1 - x : x) + right;
        const value = expected(image, y + down, column, 1);
        if (value === 0) outside++;
        expect(out[image * step + (y * size + x) * 3 + 1]).toBe(value);
      }
    }
  }
  expect(flips).toBeGreaterThan(8);
  expect(flips).toBeLessThan(32);
  expect(outside).toBeGreaterThan(0);
});

test('light draws what it has always drawn, so that a search begun earlier goes on with it', () => {
  const out = fill([...Array(40).keys()], light);
  const hash = createHash('sha256').update(new Uint8Array(out.buffer)).digest('hex');
  expect(hash).toBe('42417ef0e5ce6fcc44c626f3bcb1df409aa43d1dbad21639f1393e32d47987c3');
});

test('all flips and shifts occur', () => {
  const seen = new Set<string>();
  for (let image = 0; image < 2000; image++) {
    const { flip, down, right } = lightWindow(light, image);
    seen.add(`${flip} ${down} ${right}`);
  }
  expect(seen.size).toBe(2 * (2 * padding + 1) ** 2);
});

test('padding is four pixels at 32 and one at 8', () => {
  const widest = (side: number) =>
    Math.max(...Array.from({ length: 500 }, (_, image) => lightWindow(light, image, side).down));
  expect(widest(32)).toBe(4);
  expect(widest(8)).toBe(1);
});

test('a constant channel becomes zero and what follows the batch is left alone', () => {
  const flat: ImageSet = {
    count: 1,
    size: 1,
    images: Uint8Array.of(51, 51, 51),
    labels: new Uint8Array(1),
  };
  const out = Float32Array.of(9, 9, 9, 9);
  fillBatch(flat, [0], { mean: [0.2, 0.2, 0.2], std: [0, 0, 0] }, { augment: 'none' }, out);
  expect([...out]).toEqual([0, 0, 0, 9]);
});

test('a buffer too small and an image that is not there are mistakes', () => {
  const out = new Float32Array(step);
  expect(() => fillBatch(set, [0, 1], info, { augment: 'none' }, out)).toThrow('a batch of 2');
  expect(() => fillBatch(set, [40], info, { augment: 'none' }, out)).toThrow('no image 40 of 40');
});
