import { describe, expect, it } from 'vitest';
import { halfPrecision, type PartialModel, releasedTraversal } from './released-traversal.ts';
import { exactLoss, shortfall, traversalInstances } from './traversal-instances.ts';

const sizes = [6, 10, 12, 12, 14];

function bruteForce(blocks: readonly PartialModel[][], budget: number): number {
  const descend = (block: number, loss: number, cost: number): number => {
    if (block === blocks.length) return cost < budget ? loss : Number.POSITIVE_INFINITY;
    return Math.min(
      ...(blocks[block] ?? []).map((m) => descend(block + 1, loss + m.loss, cost + m.cost)),
    );
  };
  return descend(0, 0, 0);
}

describe('the released traversal search', () => {
  it('is never better than the exact one, and misses the best network in more than half of 40 instances', () => {
    const shortfalls = traversalInstances(40, sizes).map((instance) => {
      const best = exactLoss(instance);
      const found = releasedTraversal(instance.blocks, instance.budget);
      expect(found?.cost).toBeLessThan(instance.budget);
      return shortfall(instance, found?.loss ?? Number.NaN, best);
    });
    expect(Math.min(...shortfalls)).toBeGreaterThan(-1e-12);
    const misses = shortfalls.filter((share) => share > 1e-12).length;
    expect(misses).toBeGreaterThan(20);
    expect(misses).toBeLessThan(40);
  });

  it('is compared with what brute force finds', () => {
    for (const instance of traversalInstances(8, sizes)) {
      expect(exactLoss(instance)).toBeCloseTo(bruteForce(instance.blocks, instance.budget), 12);
    }
  });

  it('passes over a network because a bound stays low', () => {
    const model = (loss: number, cost: number) => ({ loss, cost });
    // Behind the first model of block 1 and the second of block 2 the second of block 3 fits. Its bound
    // falls to 1 and stays there, so behind (1, 0) the model that would fit is not tried.
    const blocks = [
      [model(0, 5), model(1, 1)],
      [model(0, 5), model(4, 1)],
      [model(0, 6), model(1, 2)],
    ];
    expect(bruteForce(blocks, 10)).toBe(2);
    expect(releasedTraversal(blocks, 10)).toEqual({ loss: 5, cost: 8 });
  });

  it('needs a cost strictly below the budget', () => {
    expect(releasedTraversal([[{ loss: 1, cost: 5 }]], 5)).toBeUndefined();
    expect(releasedTraversal([[{ loss: 1, cost: 5 }]], 6)).toEqual({ loss: 1, cost: 5 });
  });

  it('rounds losses to half precision', () => {
    expect([0, 1, 1 / 3, 0.1, -2.0005].map(halfPrecision)).toEqual([
      0, 1, 0.333251953125, 0.0999755859375, -2,
    ]);
  });
});
