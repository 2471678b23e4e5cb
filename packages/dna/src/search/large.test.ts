import { describe, expect, it } from 'vitest';
import { spaceOf } from '../presets.ts';
import { createRandom } from '../random.ts';
import { type Constraints, costAxes } from '../types.ts';
import { branchAndBound } from './branch-and-bound.oracle.ts';
import { anyTable } from './brute-force.arbitrary.ts';
import { costRange } from './graph.ts';
import { tabulate } from './lattice.ts';
import { limitsOf } from './limits.ts';
import { graphOf, measureOf } from './measure.ts';
import { solve } from './solve.ts';
import { syntheticRatings } from './synthetic-ratings.ts';

/** 288 × 1548 × 1548 × 2808 × 16848 × 6 networks. */
const space = spaceOf('dna-multi');
const imageNet = { inputSize: 224, classes: 1000 };
const latency = anyTable(space, imageNet, createRandom('large latency'));

/** Bounds as shares of the range of each cost. */
const queries: [string, Partial<Record<(typeof costAxes)[number], [number?, number?]>>][] = [
  ['one maximum', { macs: [undefined, 0.4] }],
  ['one minimum', { params: [0.97] }],
  ['a window', { macs: [0.4, 0.41] }],
  [
    'three maxima',
    { params: [undefined, 0.5], macs: [undefined, 0.45], latencyMs: [undefined, 0.45] },
  ],
  ['two windows', { params: [0.3, 0.32], activationBytes: [0.3, 0.33] }],
  [
    'maxima against a minimum',
    { params: [undefined, 0.3], macs: [0.45], flopsTool: [undefined, 0.5] },
  ],
];

describe.each(['many', 'sized'] as const)('large instances, %s', (kind) => {
  it.each(queries)('%s: as branch and bound', (name, shares) => {
    const ratings = syntheticRatings(space, createRandom('large', kind, name), kind);
    const lattice = tabulate(space, imageNet, ratings, { latency });
    const constraints: Constraints = {};
    for (const axis of costAxes) {
      const [from, to] = shares[axis] ?? [];
      const measure = measureOf(lattice, axis);
      const { low, high } = costRange(graphOf(lattice, measure, [measure]), 0);
      const at = (share: number) => low + share * (high - low);
      constraints[axis] = {
        ...(from === undefined ? {} : { min: at(from) }),
        ...(to === undefined ? {} : { max: at(to) }),
      };
    }
    const found = solve(space, imageNet, ratings, { constraints, topK: 3, latency });
    // A network that it missed would be below the ceiling.
    const ceiling = (found[2]?.loss ?? Number.NaN) + 1e-9;
    const expected = branchAndBound(lattice, limitsOf(constraints, latency), 3, ceiling);
    expect(expected).toHaveLength(3);
    for (const [i, loss] of expected.entries()) {
      expect(found[i]?.loss).toBeCloseTo(loss, 11);
    }
  });
});
