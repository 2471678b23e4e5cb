import type { RunRow } from '@blockwise/db';
import { expect, test } from 'vitest';
import { stepsOfRun } from './run-steps.ts';

/** Runs by the checkpoints from which they went on. */
const runs = (...from: (number | null)[]): RunRow[] =>
  from.map((resumedFromStep, i) => ({ attempt: i + 1, resumedFromStep }) as RunRow);
const all = (list: RunRow[]) => list.map((run) => stepsOfRun(run, list));
const [first, last] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

test('the only run has all', () => {
  expect(all(runs(null))).toEqual([{ min: first, max: last }]);
});

test('runs share the steps at the checkpoints between them', () => {
  expect(all(runs(null, 100, 250))).toEqual([
    { min: first, max: 100 },
    { min: 101, max: 250 },
    { min: 251, max: last },
  ]);
});

test('one that begins anew leaves nothing to those before', () => {
  const [, second, third] = all(runs(null, 100, 0));
  expect(second).toEqual({ min: 101, max: 0 });
  expect(third).toEqual({ min: 1, max: last });
});

test('one that has not gone on yet has nothing, and takes nothing', () => {
  expect(all(runs(null, null))).toEqual([{ min: first, max: last }, null]);
});
