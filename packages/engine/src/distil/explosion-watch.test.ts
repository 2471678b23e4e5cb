import { describe, expect, it } from 'vitest';
import { ExplosionWatch } from './explosion-watch.ts';

function watched(explodesAt: number, losses: readonly number[]) {
  const watch = new ExplosionWatch(explodesAt);
  for (const loss of losses) watch.observe(loss);
  return watch;
}

describe('ExplosionWatch', () => {
  it('compares with the median of the first twenty losses, whatever comes later', () => {
    // 1 to 20: the median is 10.5.
    const first = Array.from({ length: 20 }, (_, i) => i + 1);
    const watch = watched(10, [...first, ...new Array<number>(100).fill(1e6)]);
    expect(watch.faultOf(105)).toBeUndefined();
    expect(watch.faultOf(105.1)).toMatch(/^is 105\.1, more than 10 times 10\.50, the median/);
  });

  it('compares with those so far, within the first twenty', () => {
    expect(watched(10, []).faultOf(1e30)).toBeUndefined();
    expect(watched(10, [1, 3, 2]).faultOf(20)).toBeUndefined();
    expect(watched(10, [1, 3, 2]).faultOf(20.5)).toContain('10 times 2.000');
  });

  it('never takes a loss that is not finite', () => {
    const watch = new ExplosionWatch(Number.POSITIVE_INFINITY);
    expect(watch.faultOf(Number.NaN)).toBe('is NaN');
    expect(watch.faultOf(Number.POSITIVE_INFINITY)).toBe('is Infinity');
    expect(watched(Number.POSITIVE_INFINITY, [1]).faultOf(1e30)).toBeUndefined();
  });

  it('compares with the same median after it was stored', () => {
    const watch = watched(3, [0.1, 0.7, 1 / 3]);
    const copy = new ExplosionWatch(3);
    copy.write(watch.read());
    const edge = 3 * Math.fround(1 / 3);
    for (const one of [watch, copy]) {
      expect(one.faultOf(edge)).toBeUndefined();
      expect(one.faultOf(edge + 1e-12)).toContain('more than 3 times');
    }
    copy.write(new Map());
    expect(copy.faultOf(1e30)).toBeUndefined();
  });

  it('does not divide by a median of zero', () => {
    expect(watched(10, [0, 0]).faultOf(1)).toBeUndefined();
  });
});
