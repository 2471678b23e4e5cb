import { describe, expect, it } from 'vitest';
import { slicesOf } from './slices.ts';

describe('slices of equal cost', () => {
  const costs = [50, 10, 40, 20, 30, 60];

  it('are the given ranges, ends included', () => {
    expect(
      slicesOf(costs, [
        { min: 20, max: 40 },
        { min: 45, max: 46 },
      ]),
    ).toEqual([
      { range: { min: 20, max: 40 }, places: [3, 4, 2] },
      { range: { min: 45, max: 46 }, places: [] },
    ]);
  });

  it('hold equally many networks each', () => {
    expect(slicesOf(costs, 3)).toEqual([
      { range: { min: 10, max: 20 }, places: [1, 3] },
      { range: { min: 30, max: 40 }, places: [4, 2] },
      { range: { min: 50, max: 60 }, places: [0, 5] },
    ]);
  });

  it('keep equal costs together', () => {
    expect(slicesOf([1, 2, 2, 2, 3, 4], 3)).toEqual([
      { range: { min: 1, max: 2 }, places: [0, 1, 2, 3] },
      { range: { min: 3, max: 4 }, places: [4, 5] },
    ]);
    expect(slicesOf([7, 7, 7], 3)).toEqual([{ range: { min: 7, max: 7 }, places: [0, 1, 2] }]);
  });

  it('are as many as hold eight networks, at most five', () => {
    const counts = (n: number) =>
      slicesOf(Array.from({ length: n }, (_, i) => i)).map(({ places }) => places.length);
    expect(counts(7)).toEqual([]);
    expect(counts(16)).toEqual([8, 8]);
    expect(counts(100)).toEqual([20, 20, 20, 20, 20]);
  });
});
