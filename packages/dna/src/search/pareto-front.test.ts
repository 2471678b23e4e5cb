import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spaceOf } from '../presets.ts';
import { createRandom } from '../random.ts';
import { costAxes, type Solution } from '../types.ts';
import { allNetworks, anyInstance, type Rated, task } from './brute-force.arbitrary.ts';
import type { Axis } from './measure.ts';
import { paretoFront } from './pareto-front.ts';
import { syntheticRatings } from './synthetic-ratings.ts';

const axes = ['loss', ...costAxes] as const;

const rated = (network: Rated, axis: Axis) => (axis === 'loss' ? network.loss : network.cost[axis]);

const ofSolution = ({ loss, cost, latencyMs = Number.NaN }: Solution, axis: Axis) =>
  axis === 'loss' ? loss : { ...cost, latencyMs }[axis];

describe('the Pareto front', () => {
  it('lists for any two axes exactly the networks that no other beats', () => {
    const pair = fc
      .shuffledSubarray([...axes], { minLength: 2, maxLength: 2 })
      .map(([x = 'loss', y = 'macs']) => ({ x, y }));
    fc.assert(
      fc.property(anyInstance, pair, (instance, { x, y }) => {
        const points = allNetworks(instance).map((n) => [rated(n, x), rated(n, y)] as const);
        const front: (readonly [number, number])[] = [];
        for (const point of points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
          if (point[1] < (front.at(-1)?.[1] ?? Infinity)) front.push(point);
        }
        const { space, ratings, lambdas, latency } = instance;
        const found = paretoFront(space, task, ratings, { x, y }, { lambdas, latency });
        expect(found.map((n) => [ofSolution(n, x), ofSolution(n, y)])).toEqual(front);
      }),
      { numRuns: 80 },
    );
  });

  it('falls all along in the multi-cell space', () => {
    const space = spaceOf('dna-multi');
    const ratings = syntheticRatings(space, createRandom('front'), 'sized');
    const front = paretoFront(space, { inputSize: 224, classes: 1000 }, ratings, {
      x: 'macs',
      y: 'loss',
    });
    expect(front.length).toBeGreaterThan(100);
    for (const [i, { cost, loss }] of front.entries()) {
      const before = front[i - 1];
      if (before === undefined) continue;
      expect(cost.macs).toBeGreaterThan(before.cost.macs);
      expect(loss).toBeLessThan(before.loss);
    }
  });

  it('refuses one axis twice, and latency without a table', () => {
    const [instance] = fc.sample(anyInstance, { numRuns: 1, seed: 1 });
    if (instance === undefined) throw new Error('no instance was drawn');
    const front = (x: Axis, y: Axis) => () =>
      paretoFront(instance.space, task, instance.ratings, { x, y });
    expect(front('macs', 'macs')).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
    expect(front('loss', 'latencyMs')).toThrow(
      expect.objectContaining({ code: 'NOT_READY', path: ['latency'] }),
    );
  });
});
