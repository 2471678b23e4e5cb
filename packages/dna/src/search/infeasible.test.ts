import { DomainError } from '@blockwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spaceOf } from '../presets.ts';
import { createRandom } from '../random.ts';
import { type Bounds, type Constraints, type CostAxis, costAxes } from '../types.ts';
import {
  allNetworks,
  anyInstance,
  anyShares,
  constraintsAt,
  meets,
  task,
} from './brute-force.arbitrary.ts';
import { solve } from './solve.ts';
import { syntheticRatings } from './synthetic-ratings.ts';

const [instance] = fc.sample(
  anyInstance.filter(({ space }) => space.blocks.every(({ cells }) => cells.length > 1)),
  { numRuns: 1, seed: 6 },
);
if (instance === undefined) throw new Error('no instance was drawn');
const { space, ratings, latency } = instance;
const networks = allNetworks(instance);
const range = (axis: CostAxis, among = networks) => {
  const costs = among.map(({ cost }) => cost[axis]);
  return { low: Math.min(...costs), high: Math.max(...costs) };
};
const refusal = (constraints: Constraints) =>
  expect(() => solve(space, task, ratings, { constraints, topK: 1, latency }));
const infeasible = (path: string[], message: string) =>
  expect.objectContaining({
    code: 'INFEASIBLE',
    path: ['constraints', ...path],
    message: expect.stringContaining(message),
  });
const written = (n: number) => n.toLocaleString('en-US', { maximumFractionDigits: 6 });
const units = {
  params: 'params',
  macs: 'macs',
  flopsTool: 'flopsTool',
  activationBytes: 'bytes of activations',
  latencyMs: 'ms of latency',
};

describe('bounds that no network meets', () => {
  it.each(costAxes)('says by how much one of %s is missed at least', (axis) => {
    const { low, high } = range(axis);
    const unit = units[axis];
    const few = axis === 'latencyMs' ? 'less' : 'fewer';
    refusal({ [axis]: { max: low - 2 } }).toThrow(
      infeasible(
        [axis, 'max'],
        `smallest network has ${written(low)} ${unit}, 2 more than the maximum of ${written(low - 2)}`,
      ),
    );
    refusal({ [axis]: { min: high + 1 } }).toThrow(
      infeasible([axis, 'min'], `largest network has ${written(high)} ${unit}, 1 ${few} than the`),
    );
    refusal({ [axis]: { min: 10, max: 9 } }).toThrow(infeasible([axis], '1 above the maximum'));
    const edge = { [axis]: { min: low, max: low } };
    expect(solve(space, task, ratings, { constraints: edge, topK: 1, latency })).toHaveLength(1);
  });

  it('names a pair that excludes itself, and no bound that has nothing to do with it', () => {
    const most = range('params').low;
    const { high } = range(
      'macs',
      networks.filter(({ cost }) => cost.params <= most),
    );
    const least = range('macs').high;
    expect(high).toBeLessThan(least);
    const idle = { latencyMs: { max: range('latencyMs').high } };
    const together =
      `alone, but not all together: with at most ${written(most)} params, a network has ` +
      `at most ${written(high)} macs, ${written(least - high)} fewer than the minimum`;
    refusal({ params: { max: most }, macs: { min: least }, ...idle }).toThrow(
      infeasible(['macs', 'min'], together),
    );
    // Bounds that could be missed, but are not what excludes the minimum.
    const beside = { flopsTool: { max: range('flopsTool').high - 1 } };
    refusal({ params: { max: most }, macs: { min: least }, ...beside }).toThrow(
      infeasible(['macs', 'min'], together),
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

  it('names a smallest set of bounds and the nearest network, as brute force has them', () => {
    let sets = 0;
    fc.assert(
      fc.property(anyInstance, anyShares, fc.constantFrom(-1, 1), (drawn, shares, nudge) => {
        const all = allNetworks(drawn);
        const constraints = constraintsAt(all, shares, nudge);
        fc.pre(!all.some((network) => meets(network, constraints)));
        const { message, path } = refusalOf(() =>
          solve(drawn.space, task, drawn.ratings, {
            constraints,
            topK: 1,
            latency: drawn.latency,
          }),
        );
        const [, axis, side] = path as ['constraints', CostAxis, keyof Bounds];
        if (!message.startsWith('Each constraint')) return;
        sets++;
        const [, list = '', nearest = ''] =
          /together: with (.*), a network has at (?:most|least) ([\d.,]+) /.exec(message) ?? [];
        const others = list.split(' and ').map((phrase) => {
          const [, kind, bound = '', unit] = /at (most|least) ([\d.,]+) (.*)/.exec(phrase) ?? [];
          const named = costAxes.find((one) => units[one] === unit) ?? 'params';
          return {
            [named]: { [kind === 'most' ? 'max' : 'min']: Number(bound.replaceAll(',', '')) },
          };
        });
        const meeting = (list: Constraints[]) =>
          all.filter((network) => list.every((one) => meets(network, one)));
        const values = meeting(others).map(({ cost }) => cost[axis]);
        expect(Number(nearest.replaceAll(',', ''))).toBe(
          side === 'max' ? Math.min(...values) : Math.max(...values),
        );
        const own = { [axis]: { [side]: constraints[axis]?.[side] } };
        expect(meeting([...others, own])).toEqual([]);
        for (const other of others) {
          expect(meeting([own, ...others.filter((one) => one !== other)])).not.toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
    expect(sets).toBeGreaterThan(5);
  });
});

it('explains a conflict of three costs in the multi-cell space', () => {
  const multi = spaceOf('dna-multi');
  const imageNet = { inputSize: 224, classes: 1000 };
  const all = syntheticRatings(multi, createRandom('conflict'), 'many');
  const solveMulti = (constraints: Constraints) =>
    solve(multi, imageNet, all, { constraints, topK: 1 });
  const three = {
    params: { max: 4e6 },
    activationBytes: { max: 20e6 },
    macs: { min: 385e6 },
  };
  for (const axis of ['params', 'activationBytes', 'macs'] as const) {
    expect(solveMulti({ ...three, [axis]: undefined })).toHaveLength(1);
  }
  expect(() => solveMulti({ ...three, flopsTool: { max: 600e6 } })).toThrow(
    infeasible(
      ['macs', 'min'],
      'with at most 4,000,000 params and at most 20,000,000 bytes of activations, a network has at most',
    ),
  );
});

function refusalOf(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
