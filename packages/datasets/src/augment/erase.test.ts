import { createRandom } from '@blockwise/dna';
import { expect, test } from 'vitest';
import { fillNoise, fillZero } from './erase.ts';

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
