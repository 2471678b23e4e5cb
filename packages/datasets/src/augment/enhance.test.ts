import { expect, test } from 'vitest';
import { brightness, colour, contrast, sharpness } from './enhance.ts';

const size = 5;
const busy = Uint8Array.from({ length: size * size * 3 }, (_, i) => (i * 53) % 256);

test('factor 1 changes nothing', () => {
  const pixels = busy.slice();
  for (const enhance of [brightness, contrast, colour]) enhance(pixels, 1);
  expect(pixels).toEqual(busy);
  const target = new Uint8Array(busy.length);
  sharpness(busy, size, 1, target);
  expect(target).toEqual(busy);
});

test('brightness scales, cuts off and saturates', () => {
  const pixels = Uint8Array.of(0, 101, 200);
  brightness(pixels, 1.5);
  expect([...pixels]).toEqual([0, 151, 255]);
  brightness(pixels, 0);
  expect([...pixels]).toEqual([0, 0, 0]);
});

test('contrast spreads about the mean grey', () => {
  const pixels = Uint8Array.of(50, 50, 50, 150, 150, 150);
  contrast(pixels, 0.5);
  expect([...pixels]).toEqual([75, 75, 75, 125, 125, 125]);
  contrast(pixels, 3);
  expect([...pixels]).toEqual([25, 25, 25, 175, 175, 175]);
  contrast(pixels, 0);
  expect([...pixels]).toEqual([100, 100, 100, 100, 100, 100]);
});

test('colour 0 is the grey of ITU-R 601-2, 2 is twice as far from it, and grey stays grey', () => {
  const pixels = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 90, 90, 90);
  colour(pixels, 0);
  expect([...pixels]).toEqual([76, 76, 76, 150, 150, 150, 29, 29, 29, 90, 90, 90]);
  // 0.299 * 110 + 0.587 * 100 + 0.114 * 90 = 101.85
  const pale = Uint8Array.of(110, 100, 90);
  colour(pale, 2);
  expect([...pale]).toEqual([118, 98, 78]);
});

test('sharpness 0 spreads a dot over its neighbours, the border stays', () => {
  const pixels = new Uint8Array(busy.length);
  const at = (y: number, x: number) => (y * size + x) * 3 + 1;
  pixels[at(2, 2)] = 130;
  pixels[at(0, 4)] = 200;
  const target = new Uint8Array(busy.length);
  sharpness(pixels, size, 0, target);
  expect(target[at(2, 2)]).toBe(50);
  for (const [y, x] of [
    [1, 1],
    [1, 2],
    [2, 3],
    [3, 3],
  ] as const) {
    // One neighbour of (0, 4) takes 200 / 13 beside the 10 of the dot.
    expect(target[at(y, x)]).toBe(10);
  }
  expect(target[at(1, 3)]).toBe(25);
  expect(target[at(0, 4)]).toBe(200);
  expect(target[at(2, 2) + 1]).toBe(0);
});

test('sharpness above 1 goes away from the smoothed image', () => {
  const pixels = new Uint8Array(busy.length).fill(100);
  const centre = (2 * size + 2) * 3;
  pixels[centre] = 126;
  const target = new Uint8Array(busy.length);
  sharpness(pixels, size, 2, target);
  // Smoothed: 100 + 26 * 5 / 13 = 110, and beside it 102.
  expect(target[centre]).toBe(142);
  expect(target[centre + 3]).toBe(98);
});
