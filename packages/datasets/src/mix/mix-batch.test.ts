import { expect, test } from 'vitest';
import { type MixOptions, mixBatch } from './mix-batch.ts';

const size = 8;
const step = size * size * 3;
const count = 6;
const classes = 7;
const labels = Uint8Array.of(0, 1, 2, 3, 4, 5);
/** Every number is another one, and a whole one. */
const images = Float32Array.from({ length: count * step }, (_, i) => i);
const off = { labels, classes, labelSmoothing: 0, mixup: 0, cutmix: 0, seed: 1, step: 0 };

function mixed(options: Partial<MixOptions>) {
  const x = images.slice();
  const targets = mixBatch({ ...off, ...options, x });
  const rows = Array.from({ length: count }, (_, row) => [
    ...targets.subarray(row * classes, (row + 1) * classes),
  ]);
  return { x, rows };
}

test('with nothing on images stay and targets are one-hot', () => {
  const { x, rows } = mixed({});
  expect(x).toEqual(images);
  rows.forEach((row, i) => {
    expect(row).toEqual(Array.from({ length: classes }, (_, label) => (label === i ? 1 : 0)));
  });
});

test('label smoothing spreads its share over all classes, the own one too', () => {
  const { rows } = mixed({ labelSmoothing: 0.1 });
  expect(rows[2]?.[2]).toBeCloseTo(0.9 + 0.1 / 7, 6);
  expect(rows[2]?.[6]).toBeCloseTo(0.1 / 7, 6);
});

test.each([
  ['mixup', { mixup: 0.2 }],
  ['cutmix', { cutmix: 1 }],
  ['both, smoothed', { mixup: 0.2, cutmix: 1, labelSmoothing: 0.1 }],
])('targets sum to 1 and hold the two labels (%s)', (_, options) => {
  for (let at = 0; at < 50; at++) {
    const { rows } = mixed({ ...options, step: at });
    rows.forEach((row, i) => {
      expect(row.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 5);
      const floor = ('labelSmoothing' in options ? options.labelSmoothing : 0) / classes;
      row.forEach((part, label) => {
        if (label !== i && label !== count - 1 - i) expect(part).toBeCloseTo(floor, 6);
      });
      expect(rows[count - 1 - i]?.[count - 1 - i]).toBeCloseTo(row[i] ?? Number.NaN, 6);
    });
  }
});

test('mixup: every pixel is λ of its own and 1 - λ of the other, as the target says', () => {
  for (let at = 0; at < 20; at++) {
    const { x, rows } = mixed({ mixup: 0.4, step: at });
    for (let i = 0; i < count; i++) {
      const share = rows[i]?.[i] as number;
      for (const pixel of [0, 57, step - 1]) {
        const own = images[i * step + pixel] as number;
        const other = images[(count - 1 - i) * step + pixel] as number;
        expect(x[i * step + pixel]).toBeCloseTo(share * own + (1 - share) * other, 2);
      }
    }
  }
});

test('cutmix: one box comes from the other image, and λ is the share that is left', () => {
  let largest = 0;
  for (let at = 0; at < 100; at++) {
    const { x, rows } = mixed({ cutmix: 1, step: at });
    for (let i = 0; i < count; i++) {
      const foreign: number[] = [];
      for (let pixel = 0; pixel < size * size; pixel++) {
        const place = 3 * pixel + (pixel % 3);
        const value = x[i * step + place];
        if (value === images[i * step + place]) continue;
        expect(value).toBe(images[(count - 1 - i) * step + place]);
        foreign.push(pixel);
      }
      const rowsHit = new Set(foreign.map((pixel) => Math.floor(pixel / size)));
      const columnsHit = new Set(foreign.map((pixel) => pixel % size));
      expect(foreign).toHaveLength(rowsHit.size * columnsHit.size);
      expect(rows[i]?.[i]).toBeCloseTo(1 - foreign.length / (size * size), 6);
      largest = Math.max(largest, foreign.length);
    }
  }
  expect(largest).toBeGreaterThan(40);
});

test('with both on half of the batches are cut', () => {
  let cut = 0;
  for (let at = 0; at < 400; at++) {
    const { x } = mixed({ mixup: 1, cutmix: 1, step: at });
    // A cut batch holds whole numbers only.
    if (x.every(Number.isInteger)) cut++;
  }
  // 200 expected, deviation 10.
  expect(Math.abs(cut - 200)).toBeLessThan(45);
});

test('seed and step decide', () => {
  const options = { mixup: 0.4, cutmix: 1, step: 3 };
  expect(mixed(options)).toEqual(mixed(options));
  expect(mixed({ ...options, step: 4 })).not.toEqual(mixed(options));
  expect(mixed({ ...options, seed: '1/other' })).not.toEqual(mixed(options));
});

test('the middle image of an odd batch is its own partner', () => {
  const x = images.slice(0, 3 * step);
  const targets = mixBatch({ ...off, x, labels: Uint8Array.of(0, 1, 2), mixup: 1 });
  x.subarray(step, 2 * step).forEach((value, i) => {
    expect(value).toBeCloseTo(images[step + i] as number, 2);
  });
  expect(targets[classes + 1]).toBeCloseTo(1, 6);
});

test('a batch that is no square images and a label that is no class are mistakes', () => {
  expect(() => mixBatch({ ...off, x: images.subarray(1) })).toThrow('square images');
  expect(() => mixBatch({ ...off, x: images.slice(), classes: 5 })).toThrow('no class 5 of 5');
});
