import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { fitLambdas, type LambdaRow } from './fit-lambdas.ts';

/** Accuracy 80 − Σ weight · loss, with some noise. */
function audit(count: number, weights: number[], noise: number): LambdaRow[] {
  const random = createRandom('audit', count, noise);
  return Array.from({ length: count }, () => {
    const losses = weights.map(() => 0.5 + 0.5 * random.next());
    const accuracy = losses.reduce((sum, loss, i) => sum - (weights[i] ?? 0) * loss, 80);
    return { losses, accuracy: accuracy + noise * random.normal() };
  });
}

describe('block weights from trained networks', () => {
  it('are found again where nothing else moves the accuracies', () => {
    const found = fitLambdas(audit(25, [1, 4, 0, 3], 0), { ridges: [0] });
    const expected = [0.5, 2, 0, 1.5];
    for (const [i, lambda] of found.lambdas.entries())
      expect(lambda).toBeCloseTo(expected[i] ?? 0, 6);
    expect(found.slope).toBeCloseTo(2, 6);
    expect(found.intercept).toBeCloseTo(80, 6);
    expect(found.fitted.rmse).toBeLessThan(1e-6);
    expect(found.fitted.tau).toBe(1);
    expect(found.equal.rmse).toBeGreaterThan(0.3);
    expect(found.equal.tau ?? 1).toBeLessThan(0.9);
  });

  it('predict networks that they have not seen better than equal weights, noise and all', () => {
    const found = fitLambdas(audit(40, [1, 6, 0.5, 3], 0.2));
    expect(found.fitted.rmse).toBeGreaterThan(0.15);
    expect(found.fitted.rmse).toBeLessThan(0.3);
    expect(found.fitted.rmse).toBeLessThan(0.6 * found.equal.rmse);
    expect(found.fitted.tau ?? 0).toBeGreaterThan(found.equal.tau ?? 1);
    expect(found.lambdas.reduce((sum, lambda) => sum + lambda, 0)).toBeCloseTo(4, 9);
  });

  it('leave one network out as the closed form has it', () => {
    const rows = audit(12, [2, 2], 0.3);
    const x = rows.map(({ losses }) => (losses[0] ?? 0) + (losses[1] ?? 0));
    const y = rows.map(({ accuracy }) => accuracy);
    const mean = (list: number[]) => list.reduce((s, v) => s + v, 0) / list.length;
    const [mx, my] = [mean(x), mean(y)];
    const sxx = x.reduce((s, v) => s + (v - mx) ** 2, 0);
    const slope = x.reduce((s, v, i) => s + (v - mx) * ((y[i] ?? 0) - my), 0) / sxx;
    // Of a line of least squares the error without a point is its residual over 1 − leverage.
    const squares = x.map((v, i) => {
      const residual = (y[i] ?? 0) - my - slope * (v - mx);
      return (residual / (1 - 1 / 12 - (v - mx) ** 2 / sxx)) ** 2;
    });
    expect(fitLambdas(rows).equal.rmse).toBeCloseTo(Math.sqrt(mean(squares)), 10);
  });

  it('are all 1 where losses say the opposite of the truth', () => {
    const rows = audit(10, [-1, -2], 0);
    expect(fitLambdas(rows)).toMatchObject({ lambdas: [1, 1], slope: 0 });
  });

  it('are the same for the same seed', () => {
    const rows = audit(31, [1, 2], 0.5);
    expect(fitLambdas(rows, { seed: 5 })).toEqual(fitLambdas(rows, { seed: 5 }));
  });

  it('refuse too few networks, uneven rows, values that are not finite, wrong options', () => {
    const rows = audit(6, [1, 2], 0);
    const refused = (list: LambdaRow[], field: string, options = {}) =>
      expect(() => fitLambdas(list, options)).toThrow(
        expect.objectContaining({ code: 'BAD_INPUT', path: [field] }),
      );
    refused(rows.slice(0, 3), 'rows');
    refused([...rows, { losses: [1], accuracy: 2 }], 'rows');
    refused([...rows, { losses: [1, Number.NaN], accuracy: 2 }], 'rows');
    refused(rows, 'folds', { folds: 1 });
    refused(rows, 'folds', { folds: 7 });
    refused(rows, 'ridges', { ridges: [] });
    refused(rows, 'ridges', { ridges: [-1] });
  });
});
