import { describe, expect, test } from 'vitest';
import { sampleCurve } from './sample-curve.ts';

function curve(values: readonly number[], stepOf = (i: number) => i + 1) {
  const steps = values.map((_, i) => stepOf(i));
  return {
    steps: Int32Array.from(steps),
    values: Float64Array.from(values),
    wallTimes: Float64Array.from(steps, (step) => step / 10),
  };
}
const noisy = curve(Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 1009) / 1009));

describe('sampleCurve', () => {
  test('NONE keeps every point', () => {
    expect(sampleCurve(noisy, 'NONE', 10)).toEqual(noisy);
  });

  test('a curve that fits stays as it is', () => {
    expect(sampleCurve(noisy, 'MIN_MAX', 1000)).toEqual(noisy);
    expect(sampleCurve(noisy, 'LAST', 5000)).toEqual(noisy);
  });

  test('LAST keeps the newest points', () => {
    expect(sampleCurve(noisy, 'LAST', 2).steps).toEqual(Int32Array.of(999, 1000));
  });

  test.each([1, 2, 3, 7, 100, 999])(
    'MIN_MAX gives at most %i points, all true, in order',
    (max) => {
      const sampled = sampleCurve(noisy, 'MIN_MAX', max);
      expect(sampled.steps.length).toBeLessThanOrEqual(max);
      expect(sampled.steps.length).toBeGreaterThan(0);
      expect([...sampled.steps]).toEqual([...new Set(sampled.steps)].sort((a, b) => a - b));
      for (const [i, step] of sampled.steps.entries()) {
        expect(sampled.values[i]).toBe(noisy.values[step - 1]);
        expect(sampled.wallTimes[i]).toBe(noisy.wallTimes[step - 1]);
      }
      expect(sampleCurve(noisy, 'MIN_MAX', max)).toEqual(sampled);
    },
  );

  test('MIN_MAX keeps a lonely spike up and a lonely spike down', () => {
    const values = Array.from({ length: 10_000 }, () => 1);
    values[4321] = 50;
    values[8765] = -50;
    const sampled = sampleCurve(curve(values), 'MIN_MAX', 20);
    expect(sampled.values).toContain(50);
    expect(sampled.values).toContain(-50);
  });

  test('MIN_MAX divides steps, not points: a sparse end keeps its shape', () => {
    const dense = Array.from({ length: 100 }, (_, i) => i % 2);
    const sampled = sampleCurve(
      curve([...dense, 5, 6, 7], (i) => (i < 100 ? i + 1 : 1000 * (i - 98))),
      'MIN_MAX',
      20,
    );
    expect([...sampled.values.slice(-3)]).toEqual([5, 6, 7]);
  });
});
