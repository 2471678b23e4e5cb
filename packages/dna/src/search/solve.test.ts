import { DomainError } from '@blockwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from '../assemble.ts';
import { networkCost } from '../network-cost.ts';
import { printNetwork } from '../network-grammar.ts';
import { pathCount } from '../paths.ts';
import { dnaMulti } from '../presets.ts';
import { createRandom } from '../random.ts';
import type { Bounds, Constraints, CostAxis, Rating } from '../types.ts';
import {
  allNetworks,
  anyInstance,
  type Instance,
  type Rated,
  task,
} from './brute-force.arbitrary.ts';
import { paretoFront } from './pareto-front.ts';
import { solve } from './solve.ts';

const axes = ['params', 'macs'] as const;

/** Bounds at the costs of networks of the instance, so that many of them lie on the edge. */
const anyBounds = fc.option(
  fc.record(
    {
      min: fc.double({ min: 0, max: 1, noNaN: true }),
      max: fc.double({ min: 0, max: 1, noNaN: true }),
    },
    { requiredKeys: [] },
  ),
);

function constraintsAt(
  networks: Rated[],
  quantiles: Record<CostAxis, Bounds | null>,
  nudge: number,
): Constraints {
  const constraints: Constraints = {};
  for (const axis of axes) {
    const costs = networks.map(({ cost }) => cost[axis]).sort((a, b) => a - b);
    const at = (q: number) => (costs[Math.floor(q * (costs.length - 1))] ?? 0) + nudge;
    const { min, max } = quantiles[axis] ?? {};
    const [low, high] =
      min !== undefined && max !== undefined && min > max ? [max, min] : [min, max];
    constraints[axis] = {
      ...(low === undefined ? {} : { min: at(low) }),
      ...(high === undefined ? {} : { max: at(high) }),
    };
  }
  return constraints;
}

const meets = ({ cost }: { cost: Rated['cost'] }, constraints: Constraints) =>
  axes.every((axis) => {
    const { min = -Infinity, max = Infinity } = constraints[axis] ?? {};
    return cost[axis] >= min && cost[axis] <= max;
  });

function solveOrNone(
  { space, ratings, lambdas }: Instance,
  constraints: Constraints,
  topK: number,
) {
  try {
    const found = solve(space, task, ratings, { constraints, topK, lambdas });
    expect(found).not.toEqual([]);
    return found;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'INFEASIBLE') {
      expect(error.path[0]).toBe('constraints');
      return [];
    }
    throw error;
  }
}

describe('exact search', () => {
  it('equals brute force: any bounds on both costs, best 1 to 10, weights, ties', () => {
    const query = fc.record({
      params: anyBounds,
      macs: anyBounds,
      topK: fc.integer({ min: 1, max: 10 }),
      nudge: fc.constantFrom(0, 0, -1, 1),
    });
    fc.assert(
      fc.property(
        anyInstance,
        fc.array(query, { minLength: 8, maxLength: 8 }),
        (instance, list) => {
          const networks = allNetworks(instance);
          for (const { topK, nudge, ...quantiles } of list) {
            const constraints = constraintsAt(networks, quantiles, nudge);
            const expected = networks
              .filter((network) => meets(network, constraints))
              .slice(0, topK);
            const found = solveOrNone(instance, constraints, topK);
            expect(found.map(({ loss }) => loss)).toEqual(expected.map(({ loss }) => loss));
            expect(new Set(found.map(({ arch }) => arch)).size).toBe(found.length);
            for (const { choices, cost, arch, loss } of found) {
              expect(meets({ cost }, constraints)).toBe(true);
              const network = assemble(instance.space, choices);
              expect(printNetwork(network)).toBe(arch);
              expect(networkCost(network, task)).toMatchObject(cost);
              const same = networks.find(
                (n) => JSON.stringify(n.choices) === JSON.stringify(choices),
              );
              expect(same?.loss).toBe(loss);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lists exactly the networks that no other beats', () => {
    fc.assert(
      fc.property(anyInstance, fc.constantFrom(...axes), (instance, axis) => {
        const points = allNetworks(instance).map(({ loss, cost }) => [cost[axis], loss] as const);
        const front = new Map<number, number>();
        let least = Infinity;
        for (const [cost, loss] of points.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
          if (loss < least) {
            front.set(cost, loss);
            least = loss;
          }
        }
        const { space, ratings, lambdas } = instance;
        const found = paretoFront(space, task, ratings, axis, { lambdas });
        expect(found.map(({ cost, loss }) => [cost[axis], loss])).toEqual([...front]);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps to its bounds in the multi-cell space, where more room never costs loss', () => {
    const random = createRandom('multi');
    const ratings: Rating[] = dnaMulti.blocks.flatMap(({ cells }, block) =>
      cells.map((_, cell) => ({
        block,
        cell,
        losses: Float64Array.from({ length: pathCount(dnaMulti, block, cell) }, () =>
          random.next(),
        ),
      })),
    );
    const imageNet = { inputSize: 224, classes: 1000 };
    const losses = [260e6, 300e6, 340e6].map((max) => {
      const constraints = { macs: { max }, params: { max: 4.5e6 } };
      const found = solve(dnaMulti, imageNet, ratings, { constraints, topK: 3 });
      expect(found).toHaveLength(3);
      for (const { cost } of found) {
        expect(cost.macs).toBeLessThanOrEqual(max);
        expect(cost.params).toBeLessThanOrEqual(4.5e6);
      }
      return found[0]?.loss ?? Number.NaN;
    });
    expect(losses.toSorted((a, b) => b - a)).toEqual(losses);
    expect(new Set(losses).size).toBeGreaterThan(1);
  });
});

describe('what cannot be solved', () => {
  const [instance] = fc.sample(
    anyInstance.filter(({ space }) => space.blocks.length === 3 && space.ops.length === 3),
    { numRuns: 1, seed: 4 },
  );
  if (instance === undefined) throw new Error('no instance was drawn');
  const { space, ratings } = instance;
  const networks = allNetworks(instance);
  const range = (axis: CostAxis, among = networks) => {
    const costs = among.map(({ cost }) => cost[axis]);
    return { low: Math.min(...costs), high: Math.max(...costs) };
  };
  const refusal = (constraints: Constraints) =>
    expect(() => solve(space, task, ratings, { constraints, topK: 1 }));
  const infeasible = (path: string[], message: string) =>
    expect.objectContaining({
      code: 'INFEASIBLE',
      path: ['constraints', ...path],
      message: expect.stringContaining(message),
    });
  const written = (n: number) => n.toLocaleString('en-US');

  it.each(axes)('says by how much a bound of %s is missed at least', (axis) => {
    const { low, high } = range(axis);
    refusal({ [axis]: { max: low - 1234 } }).toThrow(
      infeasible(
        [axis, 'max'],
        `smallest network has ${written(low)} ${axis}, 1,234 more than the maximum of ${written(low - 1234)}`,
      ),
    );
    refusal({ [axis]: { min: high + 1 } }).toThrow(
      infeasible([axis, 'min'], `largest network has ${written(high)} ${axis}, 1 fewer than the`),
    );
    refusal({ [axis]: { min: 10, max: 9 } }).toThrow(infeasible([axis], '1 above the maximum'));
    expect(
      solve(space, task, ratings, { constraints: { [axis]: { min: low, max: low } }, topK: 1 }),
    ).toHaveLength(1);
  });

  it('says so when bounds exclude each other only together', () => {
    const most = range('params').low;
    const { high } = range(
      'macs',
      networks.filter(({ cost }) => cost.params <= most),
    );
    const least = range('macs').high;
    expect(high).toBeLessThan(least);
    refusal({ params: { max: most }, macs: { min: least } }).toThrow(
      infeasible(
        ['macs', 'min'],
        `alone, but not all together: with at most ${written(most)} params, a network has ` +
          `at most ${written(high)} macs, ${written(least - high)} fewer than the minimum`,
      ),
    );
  });

  it('finds the gap between neighbouring costs', () => {
    const costs = [...new Set(networks.map(({ cost }) => cost.params))].sort((a, b) => a - b);
    const i = costs.findIndex((cost, k) => k > 0 && cost - (costs[k - 1] ?? cost) > 2);
    const [below = 0, above = 0] = [costs[i - 1], costs[i]];
    refusal({ params: { min: below + 1, max: above - 1 } }).toThrow(
      infeasible(['params', 'min'], `${written(below)} params, 1 fewer than the minimum`),
    );
  });

  it('refuses missing ratings, losses that are not finite, and wrong options', () => {
    const solveWith = (list: Rating[], options = {}) =>
      expect(() => solve(space, task, list, { constraints: {}, topK: 1, ...options }));
    solveWith(ratings.slice(1)).toThrow(expect.objectContaining({ code: 'NOT_READY' }));
    const [first, ...rest] = ratings;
    if (first === undefined) throw new Error('no rating was drawn');
    const broken = Float64Array.from(first.losses).fill(Number.NaN, 1, 2);
    solveWith([{ ...first, losses: broken }, ...rest]).toThrow(
      expect.objectContaining({ code: 'DIVERGED', message: expect.stringContaining('path 1') }),
    );
    solveWith([{ ...first, losses: [1] }, ...rest]).toThrow('1 losses for the');
    solveWith(ratings, { topK: 0 }).toThrow(expect.objectContaining({ path: ['topK'] }));
    solveWith(ratings, { lambdas: [1] }).toThrow(expect.objectContaining({ path: ['lambdas'] }));
    solveWith(ratings, { constraints: { macs: { max: Number.NaN } } }).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', path: ['constraints', 'macs'] }),
    );
  });
});
