import { constraints } from '@blockwise/contracts';
import { expect, test } from 'vitest';
import { budgetFlags, budgetsOf } from './budget-flags.ts';

test('there are two flags for every cost', () => {
  expect(Object.keys(budgetFlags)).toHaveLength(2 * Object.keys(constraints.shape).length);
});

test('bounds become constraints', () => {
  expect(budgetsOf({})).toEqual({});
  expect(
    budgetsOf({ 'flops-max': 5, 'memory-min': 1, 'memory-max': 2, 'latency-max': 0.5 }),
  ).toEqual({
    flopsTool: { max: 5 },
    activationBytes: { min: 1, max: 2 },
    latencyMs: { max: 0.5 },
  });
});
