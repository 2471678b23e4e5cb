import { DomainError } from '@blockwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spaceOf } from '../presets.ts';
import { createRandom } from '../random.ts';
import type { Constraints } from '../types.ts';
import {
  allNetworks,
  anyInstance,
  anyShares,
  anyTable,
  constraintsAt,
  meets,
  task,
} from './brute-force.arbitrary.ts';
import { checkFeasible } from './feasible.ts';
import { solve } from './solve.ts';
import { syntheticRatings } from './synthetic-ratings.ts';

const imageNet = { inputSize: 224, classes: 1000 };
const single = spaceOf('dna-single');
const multi = spaceOf('dna-multi');

describe('whether any network satisfies the constraints', () => {
  const passing: [string, Constraints][] = [
    ['nothing', {}],
    ['a narrow window of macs', { macs: { min: 300e6, max: 300.1e6 } }],
    ['a window of params', { params: { min: 4e6, max: 4.01e6 } }],
    ['two maxima', { params: { max: 4.5e6 }, macs: { max: 300e6 } }],
    ['a maximum against a minimum', { params: { max: 4e6 }, macs: { min: 360e6 } }],
    [
      'three windows',
      {
        params: { min: 4e6, max: 4.2e6 },
        macs: { min: 300e6, max: 310e6 },
        activationBytes: { min: 24e6, max: 28e6 },
      },
    ],
  ];
  it.each(passing)('lets %s in the middle of a space pass', (_, constraints) => {
    for (const space of [single, multi]) {
      const ratings = syntheticRatings(space, createRandom('feasible'), 'many');
      expect(solve(space, imageNet, ratings, { constraints, topK: 1 })).toHaveLength(1);
      expect(checkFeasible(space, imageNet, constraints)).toBeUndefined();
    }
  });

  it('refuses with figures what excludes itself only together', () => {
    expect(() =>
      checkFeasible(multi, imageNet, { params: { min: 4.8e6 }, macs: { max: 240e6 } }),
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
    let refused = 0;
    fc.assert(
      fc.property(anyInstance, anyShares, fc.constantFrom(-1, 0, 1), (instance, shares, nudge) => {
        const { space, ratings, latency } = instance;
        const networks = allNetworks(instance);
        const constraints = constraintsAt(networks, shares, nudge);
        const check = refusalOf(() => checkFeasible(space, task, constraints, latency));
        if (check !== null) refused++;
        expect(check).toEqual(
          refusalOf(() => solve(space, task, ratings, { constraints, topK: 1, latency })),
        );
        expect(check === null).toBe(networks.some((network) => meets(network, constraints)));
      }),
      { numRuns: 100 },
    );
    expect(refused).toBeGreaterThan(10);
  });

  it('is not ready to bound a latency without a table', () => {
    const constraints = { latencyMs: { max: 100 } };
    expect(() => checkFeasible(single, imageNet, constraints)).toThrow(
      expect.objectContaining({ code: 'NOT_READY', path: ['latency'] }),
    );
    const table = anyTable(single, imageNet, createRandom('feasible'));
    expect(() => checkFeasible(single, imageNet, { latencyMs: { max: 1 } }, table)).toThrow(
      expect.objectContaining({ code: 'INFEASIBLE' }),
    );
  });
});

describe('a window between neighbouring costs', () => {
  const rank4 = spaceOf('dna-rank4');
  /** Between them no network of the space lies, which only a longer search can show. */
  const constraints = { macs: { min: 300_000_000, max: 300_000_040 } };

  it('is left to the exact search', () => {
    expect(checkFeasible(rank4, imageNet, constraints)).toBeUndefined();
  });

  it('is ruled out there', () => {
    const ratings = syntheticRatings(rank4, createRandom('feasible'), 'many');
    expect(() => solve(rank4, imageNet, ratings, { constraints, topK: 5 })).toThrow(
      expect.objectContaining({
        code: 'INFEASIBLE',
        path: ['constraints', 'macs', 'min'],
        message: expect.stringContaining('299,999,872 macs, 128 fewer than the minimum'),
      }),
    );
  });

  it('is searched where a larger space has networks in it', () => {
    const ratings = syntheticRatings(multi, createRandom('feasible'), 'many');
    for (const { cost } of solve(multi, imageNet, ratings, { constraints, topK: 5 })) {
      expect(cost.macs).toBeGreaterThanOrEqual(300_000_000);
      expect(cost.macs).toBeLessThanOrEqual(300_000_040);
    }
  });
});

function refusalOf(work: () => unknown) {
  try {
    work();
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { code: error.code, path: error.path, message: error.message };
  }
}
