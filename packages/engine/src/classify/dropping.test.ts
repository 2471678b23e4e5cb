import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { dropoutMask, dropPath } from './dropping.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const step = { seed: 3, step: 5 };

describe('dropoutMask', () => {
  const of = (from: number, count: number) => {
    const mask = dropoutMask(0.2, 50, { ...step, from, count });
    expect(mask.shape).toEqual([count, 50]);
    const values = [...mask.dataSync()];
    mask.dispose();
    return values;
  };

  it('is a part of the same mask for a part of the images', () => {
    const whole = of(0, 40);
    expect([...of(0, 7), ...of(7, 20), ...of(27, 13)]).toEqual(whole);
    expect(new Set(Array.from({ length: 40 }, (_, i) => of(i, 1).join())).size).toBe(40);
  });

  it('drops a share and scales up the rest, so that the mean stays', () => {
    const whole = of(0, 400);
    expect(new Set(whole)).toEqual(new Set([0, 1.25]));
    // 20,000 values of deviation 1/2: five standard errors are 0.018.
    const mean = whole.reduce((sum, value) => sum + value, 0) / whole.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.018);
  });
});

describe('dropPath', () => {
  const of = (depth: number, from: number, count: number) =>
    dropPath(0.5, { ...step, from, count, total: 4000 })(depth, count);

  it('rises linearly with the depth, from nothing', () => {
    expect(of(0, 0, 4000)).toBeUndefined();
    for (const depth of [0.2, 0.6]) {
      const factors = of(depth, 0, 4000) ?? [];
      const dropped = factors.filter((factor) => factor === 0).length / 4000;
      // Five standard errors of a share of 0.3 are 0.036.
      expect(Math.abs(dropped - 0.5 * depth)).toBeLessThan(0.036);
      expect(Math.max(...factors)).toBeCloseTo(1 / (1 - 0.5 * depth), 6);
    }
  });

  it('is a part of the same draws for a part of the images', () => {
    expect([...(of(0.5, 0, 30) ?? []), ...(of(0.5, 30, 10) ?? [])]).toEqual([
      ...(of(0.5, 0, 40) ?? []),
    ]);
  });
});
