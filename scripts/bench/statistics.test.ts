import { describe, expect, it } from 'vitest';
import { ratioOf, spreadOf } from './statistics.ts';

describe('spreadOf', () => {
  it('gives the quantiles of R and NumPy', () => {
    // numpy.percentile([15, 20, 35, 40, 50], [50, 25, 75]) and of [1, 2, 3, 10]
    expect(spreadOf([40, 15, 50, 20, 35])).toEqual({
      ...{ median: 35, lower: 20, upper: 40, least: 15, most: 50 },
    });
    expect(spreadOf([10, 1, 3, 2])).toEqual({
      ...{ median: 2.5, lower: 1.75, upper: 4.75, least: 1, most: 10 },
    });
  });

  it('of a single value is that value', () => {
    expect(spreadOf([7])).toEqual({ median: 7, lower: 7, upper: 7, least: 7, most: 7 });
  });

  it('refuses nothing', () => {
    expect(() => spreadOf([])).toThrow('nothing');
  });
});

describe('ratioOf', () => {
  it('compares round by round, so that a slow minute slows both', () => {
    const slow = [[20, 20, 20], [200], [40, 10, 90]];
    const fast = [[10, 11, 9], [100, 100], [20]];
    expect(ratioOf(slow, fast)).toEqual({ median: 2, lower: 2, upper: 2, least: 2, most: 2 });
  });

  it('leaves out rounds of one alone', () => {
    expect(ratioOf([[300]], [[3], [1], [1]]).median).toBe(100);
    expect(ratioOf([[4], [6]], [[2], []]).median).toBe(2);
  });
});
