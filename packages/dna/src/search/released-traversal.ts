import { at } from './at.ts';

/** A partial model of one block: a path with its loss and its cost. */
export interface PartialModel {
  loss: number;
  cost: number;
}

/** One partial model for every block. */
export interface Traversed {
  loss: number;
  cost: number;
}

/**
 * The "traversal search" that DNA's authors released, told from its description and for comparison
 * only: nested loops over the partial models of every block, by ascending loss. Each block has an
 * upper bound for its loop; where the innermost loop meets the first model that fits the budget, its
 * bound falls to that place, and where a bound falls to 0 so does the bound of the loop around it to
 * its own place, while the inner one is set back.
 *
 * It is a heuristic: a bound that fell stays low when a loop further out goes on, although other
 * models of that loop would need it high again, so better networks are passed over. As released,
 * losses are half-precision numbers and the cost must be strictly below the budget.
 *
 * @returns undefined where it finds nothing
 */
export function releasedTraversal(
  blocks: readonly (readonly PartialModel[])[],
  budget: number,
): Traversed | undefined {
  const sorted = blocks.map((models) =>
    models
      .map(({ loss, cost }) => ({ loss: halfPrecision(loss), cost }))
      .sort((a, b) => a.loss - b.loss),
  );
  /** What the blocks after one cost at least. */
  const leastAfter = sorted.map((_, block) =>
    sorted
      .slice(block + 1)
      .reduce((sum, models) => sum + Math.min(...models.map(({ cost }) => cost)), 0),
  );
  const upper = sorted.map((models) => models.length);
  const innermost = sorted.length - 1;
  let best: Traversed | undefined;

  const loop = (block: number, lossBefore: number, costBefore: number): void => {
    const models = at(sorted, block);
    for (let place = 0; place < at(upper, block); place++) {
      const loss = lossBefore + at(models, place).loss;
      const cost = costBefore + at(models, place).cost;
      if (cost + at(leastAfter, block) >= budget) continue;
      if (block === innermost) {
        if (best === undefined || loss < best.loss) best = { loss, cost };
        upper[block] = place;
        return;
      }
      loop(block + 1, loss, cost);
      if (upper[block + 1] === 0) {
        upper[block] = place;
        upper[block + 1] = at(sorted, block + 1).length;
      }
    }
  };
  loop(0, 0, 0);
  return best;
}

/** The nearest half-precision number (11 significant bits), for what is neither tiny nor huge. */
export function halfPrecision(value: number): number {
  if (value === 0) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
  return Math.round(value / unit) * unit;
}
