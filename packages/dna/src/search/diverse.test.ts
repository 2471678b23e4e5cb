import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodingDistance } from '../encoding-distance.ts';
import {
  allNetworks,
  anyInstance,
  anyShares,
  constraintsAt,
  meets,
  task,
} from './brute-force.arbitrary.ts';
import { solve } from './solve.ts';

it('finds in every step the best network that differs enough from all before it', () => {
  let steps = 0;
  fc.assert(
    fc.property(
      anyInstance,
      anyShares,
      fc.integer({ min: 0, max: 6 }),
      (instance, shares, minDistance) => {
        const { space, ratings, lambdas, latency } = instance;
        const networks = allNetworks(instance);
        const constraints = constraintsAt(networks, shares, 0);
        const allowed = networks.filter((network) => meets(network, constraints));
        fc.pre(allowed.length > 0);
        const options = { constraints, topK: 5, minDistance, lambdas, latency };
        const found = solve(space, task, ratings, options);
        // Which of equals is taken is open, so each step is checked behind the networks found.
        for (let i = 0; i <= found.length && i < 5; i++) {
          const before = found.slice(0, i);
          const [best] = allowed.filter(({ choices }) =>
            before.every(
              (other) =>
                encodingDistance(choices, other.choices, space) >= Math.max(1, minDistance),
            ),
          );
          const next = found[i];
          if (best === undefined || next === undefined) {
            expect(next).toBe(best);
          } else {
            steps++;
            expect(next.loss).toBeCloseTo(best.loss, 11);
            for (const other of before) {
              expect(encodingDistance(next.choices, other.choices, space)).toBeGreaterThanOrEqual(
                minDistance,
              );
            }
          }
        }
      },
    ),
    { numRuns: 150 },
  );
  expect(steps).toBeGreaterThan(200);
});
