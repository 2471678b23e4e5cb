import { describe, expect, it } from 'vitest';
import { Partials } from './partials.ts';

/** Appends partial networks with one cost until there is no room. */
function fill(list: Partials, count: number, costOf: (n: number) => number): number {
  for (let n = 0; n < count; n++) {
    (list.costs[0] as Float64Array)[list.length] = costOf(n);
    if (!list.append(n % 1000, 0, n, 0)) return n + 1;
  }
  return count;
}

describe('a long list of partial networks', () => {
  it('keeps of equal costs only those of least loss', () => {
    const list = new Partials(1, 2);
    expect(fill(list, 300_000, (n) => n % 7)).toBe(300_000);
    expect(list.length).toBeLessThan(200_000);
    const lossesOf = (cost: number) =>
      Array.from(list.costs[0]?.subarray(0, list.length) ?? [], (c, i) => ({ c, i }))
        .filter(({ c }) => c === cost)
        .map(({ i }) => list.priced[i] ?? Number.NaN)
        .sort((a, b) => a - b)
        .slice(0, 2);
    for (let cost = 0; cost < 7; cost++) expect(lossesOf(cost)).toEqual([0, 0]);
  });

  it('is given up where all of them may be needed', () => {
    expect(fill(new Partials(1, 2, 100_000), 1_000_000, (n) => n)).toBe(65_536);
    expect(fill(new Partials(1, 2, 200_000), 1_000_000, (n) => n)).toBe(131_072);
  });
});
