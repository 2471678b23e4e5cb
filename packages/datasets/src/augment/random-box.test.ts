import { createRandom } from '@blockwise/dna';
import { expect, test } from 'vitest';
import { drawBox, drawSquare } from './random-box.ts';
import type { Range } from './steps.ts';

const area: Range = [0.08, 1];
const ratio: Range = [3 / 4, 4 / 3];
const draws = 4000;

function boxes(size: number, longest: number, [areas, ratios] = [area, ratio]) {
  const random = createRandom('random-box', size);
  return Array.from({ length: draws }, () => drawBox(size, longest, areas, ratios, random));
}

test('boxes lie inside and have the areas and shapes asked for', () => {
  const size = 224;
  const areas: number[] = [];
  for (const box of boxes(size, size)) {
    if (box === null) continue;
    const { top, left, height, width } = box;
    expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
    expect(Math.max(top + height, left + width)).toBeLessThanOrEqual(size);
    // Sides are rounded by up to half a pixel.
    expect((height + 0.5) / (width - 0.5)).toBeGreaterThan(3 / 4);
    expect((height - 0.5) / (width + 0.5)).toBeLessThan(4 / 3);
    areas.push((height * width) / size ** 2);
  }
  expect(areas.length).toBeGreaterThan(0.999 * draws);
  expect(Math.min(...areas)).toBeGreaterThan(0.075);
  expect(Math.max(...areas)).toBeGreaterThan(0.95);
});

test('areas are uniform and shapes log-uniform where no box is refused', () => {
  const low: Range = [0.1, 0.3];
  const found = boxes(1000, 1000, [low, ratio]).filter((box) => box !== null);
  expect(found).toHaveLength(draws);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  // Uniform in 0.1..0.3: deviation 0.0577, of the mean 0.0009; logarithms in ±0.288: 0.0026.
  expect(mean(found.map(({ height, width }) => (height * width) / 1e6))).toBeCloseTo(0.2, 2);
  expect(Math.abs(mean(found.map(({ height, width }) => Math.log(height / width))))).toBeLessThan(
    0.012,
  );
  const large = found.filter(({ height, width }) => height * width > 0.25e6).length;
  expect(Math.abs(large / draws - 0.25)).toBeLessThan(0.03);
});

test('every place is possible', () => {
  const places = new Set(
    boxes(8, 8, [
      [0.25, 0.25],
      [1, 1],
    ]).map((box) => `${box?.top} ${box?.left}`),
  );
  expect(places.size).toBe(25);
});

test('a box that never fits is given up', () => {
  const random = createRandom('never');
  expect(drawBox(32, 31, [1, 1], [1, 1], random)).toBeNull();
  expect(drawBox(32, 32, [1, 1], [1, 1], random)).toMatchObject({ height: 32, width: 32 });
});

test('a tiny image still gives a box of a pixel', () => {
  expect(drawBox(2, 2, [0.02, 0.02], [1, 1], createRandom('tiny'))).toMatchObject({
    height: 1,
    width: 1,
  });
});

test('a square is centred on every pixel alike and is cut at the border', () => {
  const size = 32;
  const random = createRandom('square');
  const seen = new Map<string, number>();
  let whole = 0;
  for (let i = 0; i < 20_000; i++) {
    const { top, left, height, width } = drawSquare(size, 16, random);
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
