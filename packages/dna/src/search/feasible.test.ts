import { DomainError, presets } from '@blockwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathCount } from '../paths.ts';
import { dnaMulti, dnaSingle } from '../presets.ts';
import { createRandom } from '../random.ts';
import { parseSpace } from '../space-grammar.ts';
import type { Constraints } from '../types.ts';
import { allNetworks, anyInstance, task } from './brute-force.arbitrary.ts';
import { checkFeasible } from './feasible.ts';
import { solve } from './solve.ts';

const demoSpace = parseSpace(presets.demo().space);
const demo = { inputSize: 32, classes: 10 };
const imageNet = { inputSize: 224, classes: 1000 };

describe('whether any network satisfies the constraints', () => {
  it.each<[string, Constraints]>([
    ['a window of params', { params: { min: 90_000, max: 100_000 } }],
    ['a window of macs', { macs: { min: 2e6, max: 2.2e6 } }],
    ['both', { params: { min: 80_000, max: 110_000 }, macs: { min: 1.8e6, max: 2.6e6 } }],
    ['nothing', {}],
  ])('lets %s pass in the demo space', (_, constraints) => {
    const costs = solve(demoSpace, demo, losses(demoSpace), { constraints, topK: 1 });
    expect(costs).toHaveLength(1);
    expect(checkFeasible(demoSpace, demo, constraints)).toBeUndefined();
  });

  it.each([
    ['single', dnaSingle],
    ['multi', dnaMulti],
  ])('lets windows in the middle of the %s-cell space pass', (_, space) => {
    for (const constraints of [
      { macs: { min: 300e6, max: 303e6 } },
      { params: { min: 4e6, max: 4.2e6 } },
      { params: { max: 4.5e6 }, macs: { max: 300e6 } },
      { params: { max: 4e6 }, macs: { min: 380e6 } },
    ]) {
      expect(checkFeasible(space, imageNet, constraints)).toBeUndefined();
    }
  });

  it('refuses with figures what excludes itself only together', () => {
    expect(() =>
      checkFeasible(dnaMulti, imageNet, { params: { min: 4.8e6 }, macs: { max: 240e6 } }),
    ).toThrow(
      expect.objectContaining({
        code: 'INFEASIBLE',
        path: ['constraints', 'params', 'min'],
        message: expect.stringContaining(
          'at most 4,394,488 params, 405,512 fewer than the minimum of 4,800,000',
        ),
      }),
    );
  });

  it('agrees with brute force and refuses in the words of the exact search', () => {
    const bound = fc.option(fc.double({ min: -0.05, max: 1.05, noNaN: true }), { nil: undefined });
    const anySide = fc.record({ min: bound, max: bound });
    fc.assert(
      fc.property(anyInstance, anySide, anySide, (instance, params, macs) => {
        const { space, ratings } = instance;
        const networks = allNetworks(instance);
        const along = (axis: 'params' | 'macs', share: number | undefined, open: number) => {
          const costs = networks.map(({ cost }) => cost[axis]);
          const [low, high] = [Math.min(...costs), Math.max(...costs)];
          return share === undefined ? open : Math.round(low + share * (high - low));
        };
        const constraints = {
          params: {
            min: along('params', params.min, -Infinity),
            max: along('params', params.max, Infinity),
          },
          macs: { min: along('macs', macs.min, -Infinity), max: along('macs', macs.max, Infinity) },
        };
        const feasible = networks.some(({ cost }) =>
          (['params', 'macs'] as const).every(
            (axis) => cost[axis] >= constraints[axis].min && cost[axis] <= constraints[axis].max,
          ),
        );
        const check = refusalOf(() => checkFeasible(space, task, constraints));
        expect(check).toEqual(
          refusalOf(() => solve(space, task, ratings, { constraints, topK: 1 })),
        );
        expect(check === null).toBe(feasible);
      }),
      { numRuns: 150 },
    );
  });
});

/** Between them lie costs of many networks, no two of which compare: too many to search exactly. */
const narrow = { macs: { min: 300_000_000, max: 300_000_040 } };

it('leaves a window that holds hardly any network to the exact search', () => {
  expect(checkFeasible(dnaSingle, imageNet, narrow)).toBeUndefined();
});

it('says where a window is too narrow to be searched exactly', () => {
  expect(() =>
    solve(dnaSingle, imageNet, losses(dnaSingle), { constraints: narrow, topK: 5 }),
  ).toThrow(
    expect.objectContaining({
      code: 'BAD_INPUT',
      path: ['constraints'],
      message: expect.stringContaining('Widen the window between minimum and maximum'),
    }),
  );
});

/** Ratings as the seed gives them. */
function losses(space: typeof dnaSingle) {
  const random = createRandom('feasible');
  return space.blocks.flatMap(({ cells }, block) =>
    cells.map((_, cell) => ({
      block,
      cell,
      losses: Float64Array.from({ length: pathCount(space, block, cell) }, () => random.next()),
    })),
  );
}

function refusalOf(work: () => unknown) {
  try {
    work();
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { code: error.code, path: error.path, message: error.message };
  }
}
