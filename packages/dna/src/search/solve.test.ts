import { DomainError } from '@blockwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from '../assemble.ts';
import { networkCost } from '../network-cost.ts';
import { printNetwork } from '../network-grammar.ts';
import { createRandom } from '../random.ts';
import { parseSpace } from '../space-grammar.ts';
import type { Constraints, Rating } from '../types.ts';
import {
  allNetworks,
  anyInstance,
  anyShares,
  anyTable,
  constraintsAt,
  type Instance,
  meets,
  task,
} from './brute-force.arbitrary.ts';
import { solve } from './solve.ts';

function solveOrNone(
  { space, ratings, lambdas, latency }: Instance,
  constraints: Constraints,
  topK: number,
) {
  try {
    const found = solve(space, task, ratings, { constraints, topK, lambdas, latency });
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
  it('equals brute force: bounds on any of five costs, best 1 to 10, weights, ties', () => {
    const query = fc.record({
      shares: anyShares,
      topK: fc.integer({ min: 1, max: 10 }),
      nudge: fc.constantFrom(0, 0, -1, 1),
    });
    const outcomes = { found: 0, refused: 0 };
    fc.assert(
      fc.property(
        anyInstance,
        fc.array(query, { minLength: 8, maxLength: 8 }),
        (instance, list) => {
          const networks = allNetworks(instance);
          const byChoices = new Map(networks.map((n) => [JSON.stringify(n.choices), n]));
          for (const { topK, nudge, shares } of list) {
            const constraints = constraintsAt(networks, shares, nudge);
            const expected = networks
              .filter((network) => meets(network, constraints))
              .slice(0, topK);
            const found = solveOrNone(instance, constraints, topK);
            outcomes[found.length > 0 ? 'found' : 'refused']++;
            expect(found).toHaveLength(expected.length);
            for (const [i, { loss }] of expected.entries()) {
              expect(found[i]?.loss).toBeCloseTo(loss, 11);
            }
            expect(new Set(found.map(({ arch }) => arch)).size).toBe(found.length);
            for (const { choices, cost, latencyMs = Number.NaN, arch, loss } of found) {
              const same = byChoices.get(JSON.stringify(choices));
              expect({ ...cost, latencyMs }).toEqual(same?.cost);
              expect(loss).toBe(same?.loss);
              expect(meets({ cost: { ...cost, latencyMs } }, constraints)).toBe(true);
              expect(printNetwork(assemble(instance.space, choices))).toBe(arch);
            }
          }
        },
      ),
      { numRuns: 50 },
    );
    expect(outcomes.found).toBeGreaterThan(100);
    expect(outcomes.refused).toBeGreaterThan(10);
  });

  it('equals brute force where most networks have the same loss', () => {
    const ops = 'ir_k3_e3 ir_k5_e3 ir_k7_e3 ir_k3_e6 ir_k5_e6 ir_k7_e6';
    const space = parseSpace(
      `stem cn_k3_s2_c5; ops ${ops}; block n2_c4_s1 n2_c6_s1; block n2_c9_s1; head hd_c16`,
    );
    const random = createRandom('ties');
    const latency = anyTable(space, task, random);
    const ratings = [0, 1].flatMap((block) =>
      (space.blocks[block]?.cells ?? []).map((_, cell) => ({
        block,
        cell,
        losses: Float64Array.from({ length: 36 }, () => Math.max(0, random.int(8) - 6)),
      })),
    );
    const instance = { space, ratings, lambdas: [1, 1], latency };
    const networks = allNetworks(instance);
    fc.assert(
      fc.property(anyShares, fc.integer({ min: 1, max: 8 }), (shares, topK) => {
        const constraints = constraintsAt(networks, shares, 0);
        const expected = networks.filter((network) => meets(network, constraints));
        const found = solveOrNone(instance, constraints, topK);
        expect(found.map(({ loss }) => loss)).toEqual(
          expected.slice(0, topK).map(({ loss }) => loss),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('counts the costs of what it finds on the assembled network', () => {
    fc.assert(
      fc.property(anyInstance, ({ space, ratings }) => {
        const [best] = solve(space, task, ratings, { constraints: {}, topK: 1 });
        expect(networkCost(assemble(space, best?.choices ?? []), task)).toMatchObject(
          best?.cost ?? {},
        );
        expect(best).not.toHaveProperty('latencyMs');
      }),
      { numRuns: 10 },
    );
  });
});

describe('incomplete input', () => {
  const [instance] = fc.sample(
    anyInstance.filter(({ space }) => space.blocks.length === 3),
    { numRuns: 1, seed: 4 },
  );
  if (instance === undefined) throw new Error('no instance was drawn');
  const { space, ratings } = instance;
  const solveWith = (list: Rating[], options = {}) =>
    expect(() => solve(space, task, list, { constraints: {}, topK: 1, ...options }));

  it('refuses missing ratings and losses that are not finite', () => {
    solveWith(ratings.slice(1)).toThrow(expect.objectContaining({ code: 'NOT_READY' }));
    const [first, ...rest] = ratings;
    if (first === undefined) throw new Error('no rating was drawn');
    const broken = Float64Array.from(first.losses).fill(Number.NaN, 0, 1);
    solveWith([{ ...first, losses: broken }, ...rest]).toThrow(
      expect.objectContaining({ code: 'DIVERGED', message: expect.stringContaining('path 0') }),
    );
    solveWith([{ ...first, losses: [] }, ...rest]).toThrow('0 losses for the');
  });

  it('refuses wrong options', () => {
    solveWith(ratings, { topK: 0 }).toThrow(expect.objectContaining({ path: ['topK'] }));
    solveWith(ratings, { minDistance: 1.5 }).toThrow(
      expect.objectContaining({ path: ['minDistance'] }),
    );
    solveWith(ratings, { lambdas: [1] }).toThrow(expect.objectContaining({ path: ['lambdas'] }));
    solveWith(ratings, { constraints: { macs: { max: Number.NaN } } }).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', path: ['constraints', 'macs'] }),
    );
  });

  it('gives up where it would take more work than allowed', () => {
    const middle = allNetworks(instance).map(({ cost }) => cost.macs)[10];
    const constraints = { macs: { min: middle, max: middle } };
    solveWith(ratings, { constraints, mostWork: 10 }).toThrow(
      expect.objectContaining({
        code: 'BAD_INPUT',
        path: ['constraints'],
        message: expect.stringContaining('Widen a window between minimum and maximum'),
      }),
    );
  });

  it('is not ready to bound a latency that was not measured', () => {
    solveWith(ratings, { constraints: { latencyMs: { max: 3 } } }).toThrow(
      expect.objectContaining({
        code: 'NOT_READY',
        path: ['latency'],
        message: expect.stringContaining('latency'),
      }),
    );
  });
});
