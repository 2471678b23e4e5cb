import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { maximise } from './ellipsoid.ts';

const precision = { error: 1e-9, evaluations: 5000, enough: Number.POSITIVE_INFINITY };

describe('the maximum of a concave function', () => {
  it.each([1, 2, 3, 5, 8])('is found in %i dimensions, kinks and all', (dimensions) => {
    const random = createRandom('ellipsoid', dimensions);
    const peak = Array.from({ length: dimensions }, () => 20 * random.next() - 10);
    const weights = peak.map(() => 0.1 + random.next());
    // 3 − Σ weight · |x − peak|
    const { point, value } = maximise(
      dimensions,
      1000,
      (x) => ({
        value: peak.reduce((sum, p, i) => sum - (weights[i] ?? 0) * Math.abs((x[i] ?? 0) - p), 3),
        direction: Float64Array.from(
          peak,
          (p, i) => (weights[i] ?? 0) * Math.sign(p - (x[i] ?? 0)),
        ),
        depth: 0,
      }),
      precision,
    );
    expect(value).toBeCloseTo(3, 7);
    for (const [i, p] of peak.entries()) expect(point[i]).toBeCloseTo(p, 5);
  });

  it('may lie on the border of the domain', () => {
    // x + 2y with x ≥ 0, y ≤ 0 and 4x + 3|y| ≤ 8: at (2, 0).
    const { point, value } = maximise(
      2,
      100,
      ([x = 0, y = 0]) => {
        if (x < 0) return { value: undefined, direction: Float64Array.of(1, 0), depth: -x };
        if (y > 0) return { value: undefined, direction: Float64Array.of(0, -1), depth: y };
        const over = 4 * x - 3 * y - 8;
        return over > 0
          ? { value: x + 2 * y - 5 * over, direction: Float64Array.of(-19, 17), depth: 0 }
          : { value: x + 2 * y, direction: Float64Array.of(1, 2), depth: 0 };
      },
      precision,
    );
    expect(value).toBeCloseTo(2, 7);
    expect(point[0]).toBeCloseTo(2, 6);
    expect(point[1]).toBeCloseTo(0, 6);
  });

  it('ends with a value that is enough', () => {
    let evaluations = 0;
    const { value } = maximise(
      2,
      1000,
      ([x = 0]) => {
        evaluations++;
        return { value: x, direction: Float64Array.of(1, 0), depth: 0 };
      },
      { ...precision, enough: 200 },
    );
    expect(value).toBeGreaterThanOrEqual(200);
    expect(evaluations).toBe(2);
  });
});
