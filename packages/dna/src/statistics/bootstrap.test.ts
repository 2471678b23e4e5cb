import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { drawResamples, estimates } from './bootstrap.ts';

const random = createRandom('bootstrap');

describe('bootstrap intervals', () => {
  it('of a mean are 1.96 standard errors wide to each side', () => {
    const values = Array.from({ length: 400 }, () => 5 + 2 * random.normal());
    const mean = (positions: Uint32Array) =>
      positions.reduce((sum, i) => sum + (values[i] ?? 0), 0) / positions.length;
    const resamples = drawResamples(values.length, 4000, random);
    const found = estimates(values.length, (at) => ({ mean: mean(at) }), resamples).mean;
    const center = values.reduce((sum, v) => sum + v, 0) / 400;
    const square = values.reduce((sum, v) => sum + (v - center) ** 2, 0) / 400;
    const error = Math.sqrt(square / 400);
    expect(found.value).toBeCloseTo(center, 12);
    expect((found.high ?? 0) - center).toBeGreaterThan(1.85 * error);
    expect((found.high ?? 0) - center).toBeLessThan(2.07 * error);
    expect(center - (found.low ?? 0)).toBeGreaterThan(1.85 * error);
    expect(center - (found.low ?? 0)).toBeLessThan(2.07 * error);
  });

  it('draw every row about equally often, with replacement', () => {
    const counts = new Array<number>(5).fill(0);
    for (const positions of drawResamples(5, 4000, random)) {
      expect(positions).toHaveLength(5);
      for (const i of positions) counts[i] = (counts[i] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 4000)).toBeLessThan(250);
  });

  it('leave out resamples without a value, and are none where most have none', () => {
    const resamples = drawResamples(4, 1000, random);
    const { often, seldom, never } = estimates(
      4,
      (positions) => ({
        // Of four draws one is the first row with probability 1 − (3/4)⁴ = 0.68.
        often: positions.includes(0) ? 1 : Number.NaN,
        seldom: positions[3] === 3 ? 1 : Number.NaN,
        never: Number.NaN,
      }),
      resamples,
    );
    expect(often).toEqual({ value: 1, low: 1, high: 1 });
    expect(seldom).toEqual({ value: 1, low: null, high: null });
    expect(never).toEqual({ value: null, low: null, high: null });
  });
});
