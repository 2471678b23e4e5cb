import { createRandom } from '../random.ts';
import { at } from './at.ts';
import { bestRoutes } from './best-routes.ts';
import type { Graph } from './graph.ts';
import { halfPrecision, type PartialModel } from './released-traversal.ts';
import { Work } from './work.ts';

/** Five blocks whose partial models differ in loss and cost. */
export interface TraversalInstance {
  blocks: PartialModel[][];
  budget: number;
}

/**
 * Synthetic instances: half of a model's loss follows from its cost, half is random. The budget is
 * at a random place of the middle of the range of costs. Losses are half-precision numbers, so that
 * the released search differs from an exact one in nothing but its traversal.
 */
export function traversalInstances(count: number, sizes: readonly number[]): TraversalInstance[] {
  return Array.from({ length: count }, (_, i) => {
    const random = createRandom('traversal', i);
    const blocks = sizes.map((size) =>
      Array.from({ length: size }, () => {
        const cost = 1000 + random.int(9000);
        return { cost, loss: halfPrecision(1 - cost / 20_000 + 0.5 * random.next()) };
      }),
    );
    const sum = (of: (...costs: number[]) => number) =>
      blocks.reduce((total, models) => total + of(...models.map(({ cost }) => cost)), 0);
    const share = 0.3 + 0.4 * random.next();
    return {
      blocks,
      budget: Math.round((1 - share) * sum(Math.min) + share * sum(Math.max)),
    };
  });
}

/** The least loss of an instance whose cost is strictly below the budget, by the exact search. */
export function exactLoss({ blocks, budget }: TraversalInstance): number {
  const graph: Graph = {
    states: Array.from({ length: blocks.length + 1 }, () => 1),
    stages: blocks.map((models) => [
      {
        from: 0,
        to: 0,
        loss: Float64Array.from(models, ({ loss }) => loss),
        costs: [Float64Array.from(models, ({ cost }) => cost)],
      },
    ]),
    start: { loss: 0, costs: [0] },
    ends: [{ loss: 0, costs: [0] }],
  };
  const below = { min: Number.NEGATIVE_INFINITY, max: budget - 1 };
  return at(bestRoutes(graph, [below], { keep: 1, work: new Work(1e9) }), 0).loss;
}

/** By how much the loss of a network lies above the best one, as a share of the range of losses. */
export function shortfall({ blocks }: TraversalInstance, loss: number, best: number): number {
  const range = blocks.reduce((sum, models) => {
    const losses = models.map((model) => model.loss);
    return sum + Math.max(...losses) - Math.min(...losses);
  }, 0);
  return (loss - best) / range;
}
