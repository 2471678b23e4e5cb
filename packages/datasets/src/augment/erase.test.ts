import { createRandom } from '@blockwise/dna';
import { expect, test } from 'vitest';
import { drawCutout, fillNoise, fillZero } from './erase.ts';

test('noise is standard normal, in its box only', () => {
  const size = 100;
  const out = new Float32Array(3 + size * size * 3).fill(9);
  const box = { top: 10, left: 20, height: 80, width: 70 };
  fillNoise(out, 3, size, box, createRandom('noise'));
  const inside: number[] = [];
  out.subarray(3).forEach((value, i) => {
    const [y, x] = [Math.floor(i / 3 / size), Math.floor(i / 3) % size];
    if (y >= 10 && y < 90 && x >= 20 && x < 90) inside.push(value);
    else expect(value).toBe(9);
  });
  const moment = (power: number) =>
    inside.reduce((sum, value) => sum + value ** power, 0) / inside.length;
  // 16,800 numbers: deviations of the moments are 0.008, 0.011 and 0.076.
  expect(inside).toHaveLength(80 * 70 * 3);
  expect(Math.abs(moment(1))).toBeLessThan(0.04);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.05);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.4);
});

test('zeros go into their box only', () => {
  const out = new Float32Array(4 * 4 * 3).fill(5);
  fillZero(out, 0, 4, { top: 1, left: 2, height: 2, width: 2 });
  const zero = [...out.keys()].filter((i) => out[i] === 0);
  expect(zero).toEqual([18, 19, 20, 21, 22, 23, 30, 31, 32, 33, 34, 35]);
});

test('a cutout is centred on every pixel alike and is cut at the border', () => {
  const size = 32;
  const random = createRandom('cutout');
  const seen = new Map<string, number>();
  let whole = 0;
  for (let i = 0; i < 20_000; i++) {
    const { top, left, height, width } = drawCutout(size, 1 / 2, random);
    expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
    expect(Math.max(top + height, left + width)).toBeLessThanOrEqual(size);
    expect(Math.min(height, width)).toBeGreaterThanOrEqual(8);
    expect(Math.max(height, width)).toBeLessThanOrEqual(16);
    if (height === 16 && width === 16) whole++;
    seen.set(`${top} ${height}`, (seen.get(`${top} ${height}`) ?? 0) + 1);
  }
  // Centres 8 to 24 of 32 leave the square whole in a direction.
  expect(Math.abs(whole / 20_000 - (17 / 32) ** 2)).toBeLessThan(0.02);
  // Each of the 32 centres gives another extent: 625 draws expected, deviation 25.
  expect(seen.size).toBe(32);
  expect(Math.min(...seen.values())).toBeGreaterThan(500);
});
