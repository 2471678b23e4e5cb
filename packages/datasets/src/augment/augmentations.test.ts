import type { Augment } from '@blockwise/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImageSet } from '../dataset.ts';
import { type AugmentDraws, fillBatch } from '../fill-batch.ts';
import { augmentations } from './augmentations.ts';

const levels = Object.keys(augmentations) as Augment[];
const size = 16;
const step = size * size * 3;
const count = 400;
const busy = imagesOf((i) => (i * 37 + (i >> 8) * 11) % 251);
const info = {
  mean: [0.4, 0.5, 0.6] as [number, number, number],
  std: [0.2, 0.25, 0.3] as [number, number, number],
};

function imagesOf(value: (i: number) => number): ImageSet {
  const images = Uint8Array.from({ length: count * step }, (_, i) => value(i));
  return { count, size, images, labels: new Uint8Array(count) };
}

function fill(set: ImageSet, indices: number[], draws: AugmentDraws): Float32Array {
  const out = new Float32Array(indices.length * step);
  fillBatch(set, indices, info, draws, out);
  return out;
}

const everyImage = [...Array(count).keys()];

/** The value 0..255 nearest to a normalised number, and whether the number is that value's. */
function pixelOf(number: number, i: number) {
  const channel = (i % 3) as 0 | 1 | 2;
  const exact = (number * info.std[channel] + info.mean[channel]) * 255;
  const value = Math.round(exact);
  return { value, isPixel: value >= 0 && value <= 255 && Math.abs(exact - value) < 1e-3 };
}

/** How many of an image's numbers are no normalised pixels: noise. */
function noiseIn(out: Float32Array, image: number): number {
  const numbers = [...out.subarray(image * step, (image + 1) * step)];
  return numbers.filter((number, i) => !pixelOf(number, i).isPixel).length;
}

test.each(levels)(
  '%s: what happens to an image depends on seed, epoch and image only',
  (augment) => {
    const draws = { augment, seed: 9, epoch: 2 };
    const before = busy.images.slice();
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 12 }), (indices) => {
        const together = fill(busy, indices, draws);
        indices.forEach((image, at) => {
          expect(together.slice(at * step, (at + 1) * step)).toEqual(fill(busy, [image], draws));
        });
      }),
      { numRuns: 10 },
    );
    const first = fill(busy, everyImage, draws);
    for (const other of [
      { augment, seed: 9, epoch: 3 },
      { augment, seed: 8, epoch: 2 },
    ]) {
      if (augment === 'none') expect(fill(busy, everyImage, other)).toEqual(first);
      else expect(fill(busy, everyImage, other)).not.toEqual(first);
    }
    expect(first.every(Number.isFinite)).toBe(true);
    expect(busy.images).toEqual(before);
  },
);

test('trap 6 of the released code, noise in the calibration batch: `none` is the very pixels', () => {
  expect(augmentations.none.steps).toEqual([{ kind: 'normalise' }]);
  const out = fill(busy, everyImage, { augment: 'none' });
  const values = Uint8Array.from(out, (number, i) => pixelOf(number, i).value);
  expect(values).toEqual(busy.images);
  expect(everyImage.filter((image) => noiseIn(out, image) > 0)).toEqual([]);
  // The level with which the released code draws that batch would be seen.
  const noisy = fill(busy, everyImage, { augment: 'paper', seed: 0, epoch: 0 });
  expect(everyImage.some((image) => noiseIn(noisy, image) > 0)).toBe(true);
});

test.each([
  ['paper', 0.5],
  ['randAugment', 0.25],
  ['dna2020', 0],
  ['autoAugment', 0],
] as const)('%s erases a share of %d of the images', (augment, share) => {
  const out = fill(busy, everyImage, { augment, seed: 1, epoch: 0 });
  const areas = everyImage.map((image) => noiseIn(out, image) / step).filter((area) => area > 0);
  // Deviation of the share at most 0.025.
  expect(Math.abs(areas.length / count - share)).toBeLessThan(0.09);
  if (share === 0) expect(areas).toEqual([]);
  else {
    expect(Math.min(...areas)).toBeGreaterThan(0.01);
    expect(Math.max(...areas)).toBeLessThan(0.36);
    expect(Math.max(...areas)).toBeGreaterThan(0.25);
  }
});

test.each([
  ['paper', 60, 140],
  ['dna2020', 94, 106],
] as const)(
  '%s jitters the brightness of a plain grey of 100 within %d to %d',
  (augment, low, high) => {
    const out = fill(
      imagesOf(() => 100),
      everyImage,
      { augment, seed: 2, epoch: 0 },
    );
    // Contrast and saturation leave a plain grey; a crop of it is the same grey.
    const values = everyImage.map((image) => {
      const pixels = [...out.subarray(image * step, (image + 1) * step)].map(pixelOf);
      const [first] = pixels.filter(({ isPixel }) => isPixel);
      return first?.value ?? Number.NaN;
    });
    expect(Math.min(...values)).toBeGreaterThanOrEqual(low - 1);
    expect(Math.max(...values)).toBeLessThanOrEqual(high);
    const reached = 0.1 * (high - low);
    expect(Math.min(...values)).toBeLessThan(low + reached);
    expect(Math.max(...values)).toBeGreaterThan(high - reached);
  },
);

test('cutout takes a square of half the side out of the light image', () => {
  const draws = { seed: 3, epoch: 0 };
  const cut = fill(busy, everyImage, { augment: 'cutout', ...draws });
  const whole = fill(busy, everyImage, { augment: 'light', ...draws });
  let largest = 0;
  for (const image of everyImage) {
    const changed: number[] = [];
    for (let i = 0; i < step; i++) {
      const at = image * step + i;
      if (cut[at] === whole[at]) continue;
      expect(cut[at]).toBe(0);
      changed.push(i);
    }
    const rows = new Set(changed.map((i) => Math.floor(i / (3 * size))));
    const columns = new Set(changed.map((i) => Math.floor(i / 3) % size));
    expect(Math.max(rows.size, columns.size)).toBeLessThanOrEqual(8);
    largest = Math.max(largest, rows.size * columns.size);
  }
  expect(largest).toBe(64);
});

test.each([
  // Four of 25 pairs turn 100 to 155 (invert, or solarize from 76 on), each with probability 0.6.
  ['autoAugment', 1 - (4 * 0.6) / 25],
  // Invert, posterize, solarizeAdd and brightness change it: 4 of 15 ops, two draws of half a chance.
  ['randAugment', (1 - 4 / 30) ** 2],
] as const)(
  '%s leaves a plain grey of 100 as it is with probability %d',
  (augment, probability) => {
    const plain = imagesOf(() => 100);
    const values: number[] = [];
    for (let epoch = 0; epoch < 5; epoch++) {
      const out = fill(plain, everyImage, { augment, seed: 4, epoch });
      for (const image of everyImage) {
        // The centre stays in the image whatever moves; where it is erased the image does not count.
        const centre = ((size / 2) * size + size / 2) * 3;
        const { value, isPixel } = pixelOf(out[image * step + centre] as number, 0);
        if (isPixel) values.push(value);
      }
    }
    // Deviation of the share at most 0.01.
    const share = values.filter((value) => value === 100).length / values.length;
    expect(Math.abs(share - probability)).toBeLessThan(0.035);
    expect(values).toContain(155);
  },
);
