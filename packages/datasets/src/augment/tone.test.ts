import { expect, test } from 'vitest';
import { autoContrast, equalize, invert, posterize, solarize, solarizeAdd } from './tone.ts';

/** Grey pixels of the given values. */
const grey = (values: number[]) =>
  Uint8Array.from(values.flatMap((value) => [value, value, value]));
const channel = (pixels: Uint8Array, which: number) =>
  [...pixels].filter((_, i) => i % 3 === which);

test.each([
  [0, [0, 0, 0, 0]],
  [1, [0, 0, 128, 128]],
  [3, [0, 96, 160, 224]],
  [8, [1, 127, 183, 255]],
])('posterize keeps %i bits', (bits, expected) => {
  const pixels = grey([1, 127, 0b10110111, 255]);
  posterize(pixels, bits);
  expect(channel(pixels, 1)).toEqual(expected);
});

test('solarize inverts from its threshold on, all or nothing at the ends', () => {
  const after = (threshold: number) => {
    const pixels = grey([0, 99, 100, 255]);
    solarize(pixels, threshold);
    return channel(pixels, 2);
  };
  expect(after(100)).toEqual([0, 99, 155, 0]);
  expect(after(0)).toEqual([255, 156, 155, 0]);
  expect(after(256)).toEqual([0, 99, 100, 255]);
});

test('solarizeAdd lifts the darker half only', () => {
  const pixels = grey([0, 127, 128, 250]);
  solarizeAdd(pixels, 110);
  expect(channel(pixels, 0)).toEqual([110, 237, 128, 250]);
});

test('invert twice is the image', () => {
  const pixels = Uint8Array.from({ length: 300 }, (_, i) => (i * 7) % 256);
  const before = pixels.slice();
  invert(pixels);
  expect(pixels[1]).toBe(248);
  invert(pixels);
  expect(pixels).toEqual(before);
});

test('autoContrast stretches every channel to 0..255 and leaves a flat one', () => {
  // Red 100..151: 5 per step. Green is flat. Blue spans everything already.
  const pixels = Uint8Array.from([100, 9, 0, 110, 9, 77, 151, 9, 255]);
  autoContrast(pixels);
  expect(channel(pixels, 0)).toEqual([0, 50, 255]);
  expect(channel(pixels, 1)).toEqual([9, 9, 9]);
  expect(channel(pixels, 2)).toEqual([0, 77, 255]);
});

test('equalize spreads four equally frequent values evenly', () => {
  // 340 pixels each: steps of (1360 - 340) / 255 = 4 pixels, so 0, 340, 680, 1020 below them.
  const pixels = grey([10, 20, 30, 40].flatMap((value) => new Array<number>(340).fill(value)));
  equalize(pixels);
  expect([0, 340, 680, 1020].map((at) => pixels[3 * at])).toEqual([0, 85, 170, 255]);
});

test('equalize leaves an image of one value, and one of too few pixels', () => {
  for (const values of [new Array<number>(1000).fill(77), [1, 2, 3]]) {
    const pixels = grey(values);
    equalize(pixels);
    expect(channel(pixels, 0)).toEqual(values);
  }
});
