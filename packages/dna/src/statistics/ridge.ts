/** A linear model: accuracy ≈ intercept − Σ weight · loss, no weight below 0. */
export interface LinearModel {
  intercept: number;
  weights: number[];
}

/** Sweeps over all weights; far more than a handful of blocks needs. */
const mostSweeps = 10_000;

/**
 * Ridge regression of accuracies on negative losses, with weights of at least 0 (a block whose loss
 * seems to do good has only learned noise). Losses and accuracies are standardised first (mean 0,
 * deviation 1; a block whose loss never changes keeps weight 0), so that one ridge serves all
 * blocks: least (1/n) Σ (y − Σ w x)² + ridge · Σ w², by coordinate descent, each weight in turn at
 * its best value or 0.
 *
 * @param losses by network and block
 */
export function fitRidge(
  losses: readonly (readonly number[])[],
  accuracies: readonly number[],
  ridge: number,
): LinearModel {
  const blocks = losses[0]?.length ?? 0;
  const columns = Array.from({ length: blocks }, (_, block) =>
    standardise(losses.map((row) => -(row[block] ?? 0))),
  );
  const target = standardise(accuracies);
  const mean = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) / a.length;
  const gram = columns.map((a) => columns.map((b) => mean(a.values, b.values)));
  const towards = columns.map((a) => mean(a.values, target.values));
  const weights = new Array<number>(blocks).fill(0);
  for (let sweep = 0, moved = 1; sweep < mostSweeps && moved > 1e-13; sweep++) {
    moved = 0;
    for (let j = 0; j < blocks; j++) {
      const others = weights.reduce((s, w, k) => s + (k === j ? 0 : w * (gram[j]?.[k] ?? 0)), 0);
      const own = (gram[j]?.[j] ?? 0) + ridge;
      const weight = own > 0 ? Math.max(0, ((towards[j] ?? 0) - others) / own) : 0;
      moved = Math.max(moved, Math.abs(weight - (weights[j] ?? 0)));
      weights[j] = weight;
    }
  }
  const unscaled = weights.map((weight, block) => {
    const { deviation } = columns[block] ?? { deviation: 0 };
    return deviation > 0 ? (weight * target.deviation) / deviation : 0;
  });
  const intercept =
    target.mean - unscaled.reduce((sum, w, block) => sum + w * (columns[block]?.mean ?? 0), 0);
  return { intercept, weights: unscaled };
}

/** The accuracy that a model predicts of a network. */
export function predict({ intercept, weights }: LinearModel, losses: readonly number[]): number {
  return weights.reduce((sum, weight, block) => sum - weight * (losses[block] ?? 0), intercept);
}

function standardise(list: readonly number[]) {
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  const isConstant = list.every((value) => value === list[0]);
  const square = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length;
  const deviation = isConstant ? 0 : Math.sqrt(square);
  return {
    mean,
    deviation,
    values: list.map((value) => (deviation > 0 ? (value - mean) / deviation : 0)),
  };
}
