import { expect, test } from 'vitest';
import { fillPixels, type Pixels, paintPoints, parseRgb, ruleLines } from './paint-points.ts';

const white = [255, 255, 255] as const;
const blue = [0, 114, 178] as const;
const red = [213, 94, 0] as const;
const asIs = { scale: 1, offset: 0 };

function picture(wide: number, high: number): Pixels {
  const pixels = { data: new Uint32Array(wide * high), wide, high };
  fillPixels(pixels, white);
  return pixels;
}

function at({ data, wide }: Pixels, x: number, y: number) {
  const value = data[y * wide + x] ?? 0;
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
}

function points(...all: (readonly [x: number, y: number, group: number])[]) {
  return {
    x: Float64Array.from(all, ([x]) => x),
    y: Float64Array.from(all, ([, y]) => y),
    group: Uint8Array.from(all, ([, , group]) => group),
    order: Int32Array.from(all, (_, i) => i),
  };
}

test('a point is a disc of its colour, and what comes last lies on top', () => {
  const pixels = picture(20, 20);
  const cloud = points([10, 10, 0], [10, 10, 1]);
  paintPoints(pixels, cloud, [asIs, asIs], [blue, red], 2, 1);
  expect(at(pixels, 10, 10)).toEqual([...red, 255]);
  expect(at(pixels, 12, 10)[0]).toBeLessThan(255);
  expect(at(pixels, 14, 10)).toEqual([...white, 255]);
  paintPoints(pixels, { ...cloud, order: Int32Array.of(1, 0) }, [asIs, asIs], [blue, red], 2, 1);
  expect(at(pixels, 10, 10)).toEqual([...blue, 255]);
});

test('where points lie on each other, the picture gets fuller', () => {
  const [once, twice] = [picture(9, 9), picture(9, 9)];
  paintPoints(once, points([4, 4, 0]), [asIs, asIs], [blue], 1, 0.5);
  paintPoints(twice, points([4, 4, 0], [4, 4, 0]), [asIs, asIs], [blue], 1, 0.5);
  expect(at(once, 4, 4)[0]).toBeCloseTo(127, -1);
  expect(at(twice, 4, 4)[0]).toBeCloseTo(64, -1);
});

test('what lies at an edge does not come in at the other side', () => {
  const pixels = picture(10, 10);
  paintPoints(pixels, points([9, 5, 0], [0, 0, 0]), [asIs, asIs], [blue], 3, 1);
  expect(at(pixels, 9, 5)).toEqual([...blue, 255]);
  expect(at(pixels, 0, 6)).toEqual([...white, 255]);
  expect(at(pixels, 0, 0)).toEqual([...blue, 255]);
});

test('a point without a place is left out', () => {
  const pixels = picture(5, 5);
  paintPoints(pixels, points([Number.NaN, 2, 0]), [asIs, asIs], [blue], 3, 1);
  expect(new Set(pixels.data).size).toBe(1);
});

test('values are placed by scale and offset', () => {
  const pixels = picture(10, 10);
  const placing = [
    { scale: 0.5, offset: 1 },
    { scale: -1, offset: 9 },
  ] as const;
  paintPoints(pixels, points([8, 2, 0]), placing, [blue], 0.5, 1);
  expect(at(pixels, 5, 7)).toEqual([...blue, 255]);
});

test('lines of a grid', () => {
  const pixels = picture(4, 4);
  ruleLines(pixels, [1, 99], [2.4], red);
  expect(at(pixels, 1, 0)).toEqual([...red, 255]);
  expect(at(pixels, 3, 2)).toEqual([...red, 255]);
  expect(at(pixels, 0, 0)).toEqual([...white, 255]);
});

test.each([
  ['#0072b2', blue],
  ['rgb(0, 114, 178)', blue],
  ['rgb(0 114 178)', blue],
])('%s as numbers', (text, rgb) => {
  expect(parseRgb(text)).toEqual(rgb);
});
