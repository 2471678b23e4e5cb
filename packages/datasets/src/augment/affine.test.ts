import { expect, test } from 'vitest';
import { type AffineMap, affine, type Colour } from './affine.ts';
import { rotation, shearX, shearY, translationX, translationY } from './geometry.ts';
import type { Interpolation } from './interpolation.ts';

const size = 6;
const fill: Colour = [1, 2, 3];
const image = Uint8Array.from({ length: size * size * 3 }, (_, i) => (i * 29 + 7) % 256);
const both: Interpolation[] = ['bilinear', 'bicubic'];

function moved(source: Uint8Array, map: AffineMap, interpolation: Interpolation): Uint8Array {
  const target = new Uint8Array(source.length);
  affine(source, size, map, interpolation, fill, target);
  return target;
}

/** The image whose pixel (y, x) is that of `from`, or the fill colour. */
function built(from: (y: number, x: number) => readonly [number, number] | null): Uint8Array {
  const pixels = new Uint8Array(image.length);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const place = from(y, x);
      const start = place === null ? 0 : (place[0] * size + place[1]) * 3;
      const colour = place === null ? fill : image.subarray(start, start + 3);
      pixels.set(colour, (y * size + x) * 3);
    }
  }
  return pixels;
}

test.each(both)('strength 0 changes nothing (%s)', (interpolation) => {
  for (const map of [
    rotation(0, size),
    shearX(0),
    shearY(0),
    translationX(0, size),
    translationY(0, size),
  ]) {
    expect(moved(image, map, interpolation)).toEqual(image);
  }
});

test.each(both)('a quarter turn is counter-clockwise, four are none (%s)', (interpolation) => {
  const once = moved(image, rotation(90, size), interpolation);
  expect(once).toEqual(built((y, x) => [x, size - 1 - y]));
  let pixels = once;
  for (let turn = 1; turn < 4; turn++) pixels = moved(pixels, rotation(90, size), interpolation);
  expect(pixels).toEqual(image);
  expect(moved(image, rotation(180, size), interpolation)).toEqual(
    built((y, x) => [size - 1 - y, size - 1 - x]),
  );
});

test.each(both)(
  'a move by whole pixels copies, with the fill colour behind (%s)',
  (interpolation) => {
    const within = (y: number, x: number) =>
      y >= 0 && y < size && x >= 0 && x < size ? ([y, x] as const) : null;
    expect(moved(image, translationX(2 / size, size), interpolation)).toEqual(
      built((y, x) => within(y, x + 2)),
    );
    expect(moved(image, translationY(-3 / size, size), interpolation)).toEqual(
      built((y, x) => within(y - 3, x)),
    );
  },
);

test('a shear moves each line by its distance from the edge', () => {
  // The row whose centre is at y = 2.5 moves by 2 * 2.5 = 5 pixels.
  const sheared = moved(image, shearX(2), 'bilinear');
  const at = (y: number, x: number) => (y * size + x) * 3;
  expect(sheared.subarray(at(2, 0), at(2, 1))).toEqual(image.subarray(at(2, 5), at(2, 6)));
  expect([...sheared.subarray(at(2, 1), at(2, 2))]).toEqual([...fill]);
  const down = moved(image, shearY(2), 'bilinear');
  expect(down.subarray(at(0, 2), at(0, 3))).toEqual(image.subarray(at(5, 2), at(5, 3)));
});

test('half a pixel is the mean of two, cut off', () => {
  const ramp = Uint8Array.from({ length: image.length }, (_, i) => 5 * (Math.floor(i / 3) % size));
  const shifted = (pixels: number) => {
    const result = moved(ramp, translationX(pixels / size, size), 'bilinear');
    return Array.from({ length: size }, (_, x) => result[3 * x]);
  };
  // The last one would come from the border itself, which counts as outside.
  expect(shifted(0.5)).toEqual([2, 7, 12, 17, 22, fill[0]]);
  // Between the last centre and the border the last pixel goes on.
  expect(shifted(0.25)).toEqual([1, 6, 11, 16, 21, 25]);
});
