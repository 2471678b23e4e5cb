import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitRidge, predict } from './ridge.ts';

const value = fc.integer({ min: -100, max: 100 }).map((n) => n / 10);
const data = fc.integer({ min: 1, max: 4 }).chain((blocks) =>
  fc.array(fc.tuple(fc.array(value, { minLength: blocks, maxLength: blocks }), value), {
    minLength: 3,
    maxLength: 15,
  }),
);

describe('ridge regression', () => {
  it('without ridge is least squares: one block by hand', () => {
    // Losses 1, 2, 3 and accuracies 8, 5, 5: slope −1.5, mean 6 at loss 2.
    const model = fitRidge([[1], [2], [3]], [8, 5, 5], 0);
    expect(model.weights[0]).toBeCloseTo(1.5, 12);
    expect(model.intercept).toBeCloseTo(9, 12);
    expect(predict(model, [4])).toBeCloseTo(3, 12);
  });

  it('solves the normal equations of two blocks', () => {
    // Standardised by construction: columns of ±1, which are orthogonal.
    const losses = [
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ];
    const accuracies = [10, 8, 4, 2];
    // Deviation of accuracies √10; standardised weights 3/√10 and 1/√10, each over 1 + ridge.
    const model = fitRidge(losses, accuracies, 0.5);
    expect(model.weights).toEqual([expect.closeTo(2, 12), expect.closeTo(2 / 3, 12)]);
    expect(model.intercept).toBeCloseTo(6, 12);
  });

  it('has no weight below 0, and none for a block that never changes', () => {
    const rows = [
      [1, 1, 4],
      [2, 3, 4],
      [3, 2, 4],
      [4, 4, 4],
    ];
    // Accuracy falls with the first loss and rises with the second.
    const { weights } = fitRidge(rows, [9.5, 9.3, 7.2, 7], 0.001);
    expect(weights[0]).toBeGreaterThan(0.5);
    expect(weights.slice(1)).toEqual([0, 0]);
  });

  it('is at the least of its objective (Karush, Kuhn and Tucker)', () => {
    fc.assert(
      fc.property(data, fc.constantFrom(0.01, 0.1, 1, 10), (rows, ridge) => {
        const losses = rows.map(([own]) => own);
        const accuracies = rows.map(([, accuracy]) => accuracy);
        const model = fitRidge(losses, accuracies, ridge);
        const mean = (list: number[]) => list.reduce((s, x) => s + x, 0) / list.length;
        const deviation = (list: number[]) =>
          Math.sqrt(mean(list.map((x) => (x - mean(list)) ** 2)));
        const spread = deviation(accuracies);
        const rest = rows.map(([own, accuracy]) => accuracy - predict(model, own));
        expect(mean(rest)).toBeCloseTo(0, 9);
        for (const [block, weight] of model.weights.entries()) {
          const column = losses.map((own) => own[block] ?? 0);
          const own = deviation(column);
          expect(weight).toBeGreaterThanOrEqual(0);
          if (own < 1e-9 || spread < 1e-9) {
            expect(weight).toBeCloseTo(0, 9);
            continue;
          }
          // Minus half the slope of the objective in the standardised weight.
          const x = column.map((v) => -(v - mean(column)) / own);
          const downhill =
            mean(rest.map((r, i) => (r / spread) * (x[i] ?? 0))) - (ridge * weight * own) / spread;
          if (weight > 1e-9) expect(downhill).toBeCloseTo(0, 8);
          else expect(downhill).toBeLessThan(1e-8);
        }
      }),
    );
  });
});
