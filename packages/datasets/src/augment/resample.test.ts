import { expect, test } from 'vitest';
import type { Interpolation } from './interpolation.ts';
import { type Box, enlarge } from './resample.ts';

const size = 8;
const step = size * size * 3;
/** The second of two images, so that the offset matters. */
const images = Uint8Array.from({ length: 2 * step }, (_, i) => (i * 41) % 256);
const image = images.subarray(step);
const both: Interpolation[] = ['bilinear', 'bicubic'];
const whole: Box = { top: 0, left: 0, height: size, width: size };

function enlarged(source: Uint8Array, box: Box, interpolation: Interpolation, mirrored = false) {
  const target = new Uint8Array(step);
  enlarge(
    source,
    source.length - step,
    size,
    box,
    interpolation,
    mirrored,
    new Uint8Array(step),
    target,
  );
  return target;
}

test.each(both)('the whole image stays as it is (%s)', (interpolation) => {
  expect(enlarged(images, whole, interpolation)).toEqual(image);
});

test.each(both)('mirrored is the same picture from right to left (%s)', (interpolation) => {
  const box = { top: 1, left: 2, height: 5, width: 3 };
  const straight = enlarged(images, box, interpolation);
  const mirrored = enlarged(images, box, interpolation, true);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [at, from] = [(y * size + x) * 3, (y * size + size - 1 - x) * 3];
      expect(mirrored.subarray(at, at + 3)).toEqual(straight.subarray(from, from + 3));
    }
  }
});

test.each(both)('one pixel fills everything, and nothing outside is seen (%s)', (interpolation) => {
  const pixels = enlarged(images, { top: 3, left: 5, height: 1, width: 1 }, interpolation);
  const one = [...image.subarray((3 * size + 5) * 3, (3 * size + 5) * 3 + 3)];
  expect([...pixels]).toEqual(Array.from({ length: size * size }, () => one).flat());
});

test('doubled by two triangles: quarters between neighbours', () => {
  const source = new Uint8Array(step);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < 4; x++) source.fill(40 * x, (y * size + x) * 3, (y * size + x) * 3 + 3);
  const pixels = enlarged(source, { top: 0, left: 0, height: size, width: 4 }, 'bilinear');
  expect(Array.from({ length: size }, (_, x) => pixels[3 * x])).toEqual([
    0, 10, 30, 50, 70, 90, 110, 120,
  ]);
});

test('a box larger than the result is a mistake', () => {
  expect(() => enlarged(images, { ...whole, width: 9 }, 'bilinear')).toThrow('9 pixels');
});
