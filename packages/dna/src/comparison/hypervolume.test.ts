import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FrontPoint, hypervolumes } from './hypervolume.ts';
import { jaccard } from './jaccard.ts';

/** Corners of the box of the tests, 0 to 16 on both axes. */
const box = [
  { x: 0, y: 16 },
  { x: 16, y: 0 },
];

/** Cells of a 16 × 16 board whose lower left corner some point is no worse than. */
function countedArea(points: readonly FrontPoint[]): number {
  let cells = 0;
  for (let x = 0; x < 16; x++) {
    for (let y = 0; y < 16; y++) {
      if (points.some((point) => point.x <= x && point.y <= y)) cells += 1;
    }
  }
  return cells / 256;
}

describe('hypervolumes', () => {
  it('are what counting the cells of a board gives', () => {
    const coordinate = fc.integer({ min: 0, max: 16 });
    const points = fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 8 });
    fc.assert(
      fc.property(points, points, (a, b) => {
        const [ofA, ofB] = hypervolumes([...box, ...a], [...box, ...b]);
        expect(ofA).toBeCloseTo(countedArea([...box, ...a]), 12);
        expect(ofB).toBeCloseTo(countedArea([...box, ...b]), 12);
      }),
    );
  });

  it('of a staircase on y = 1 − x comes near the triangle under it', () => {
    const steps = 1000;
    const fine = Array.from({ length: steps + 1 }, (_, i) => ({ x: i, y: steps - i }));
    const [area] = hypervolumes(fine, []);
    // n (n − 1) / 2 cells of the n² lie above the line.
    expect(area).toBeCloseTo((steps - 1) / (2 * steps), 12);
  });

  it('do not follow the units of an axis', () => {
    const a = [
      { x: 1, y: 9 },
      { x: 4, y: 3 },
      { x: 8, y: 2 },
    ];
    const b = [
      { x: 2, y: 8 },
      { x: 5, y: 1 },
    ];
    const scaled = ({ x, y }: FrontPoint) => ({ x: x * 1e6 + 7, y: y / 100 - 3 });
    const [ofA, ofB] = hypervolumes(a.map(scaled), b.map(scaled));
    const [plainA, plainB] = hypervolumes(a, b);
    expect(ofA).toBeCloseTo(plainA, 12);
    expect(ofB).toBeCloseTo(plainB, 12);
  });

  it('of one point that both have are 1, and of an empty front 0', () => {
    const point = [{ x: 3, y: 5 }];
    expect(hypervolumes(point, point)).toEqual([1, 1]);
    expect(hypervolumes(point, [])).toEqual([1, 0]);
  });
});

describe('jaccard', () => {
  it('is the share that both have, of what either has', () => {
    expect(jaccard('abc', 'bcd')).toBe(0.5);
    expect(jaccard('aab', 'ab')).toBe(1);
    expect(jaccard('ab', 'cd')).toBe(0);
    expect(jaccard('', '')).toBe(1);
  });
});
