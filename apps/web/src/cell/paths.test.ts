import type { CandidateColumns } from '@blockwise/client';
import { expect, test } from 'vitest';
import {
  frontOf,
  indexOfPath,
  neighboursOfBest,
  opAt,
  opShares,
  pathOfIndex,
  withOp,
} from './paths.ts';

const shape = { layers: 3, ops: 4 };

test('an index and its path say the same', () => {
  for (let index = 0; index < 64; index++) {
    const path = pathOfIndex(index, shape);
    expect(indexOfPath(path, shape)).toBe(index);
    expect([0, 1, 2].map((layer) => opAt(index, layer, shape)).join('')).toBe(path);
  }
  expect(pathOfIndex(withOp(indexOfPath('123', shape), 1, 0, shape), shape)).toBe('103');
});

const indices = Int32Array.from({ length: 64 }, (_, i) => i);
// The best path is 123; each layer that differs costs its own weight.
const loss = Float64Array.from(indices, (index) =>
  [1, 2, 3].reduce(
    (sum, best, layer) => sum + 10 ** layer * Math.abs(opAt(index, layer, shape) - best),
    0.5,
  ),
);
const order = Array.from(indices).sort((a, b) => (loss[a] ?? 0) - (loss[b] ?? 0));
const ranks = new Int32Array(64);
for (const [place, at] of order.entries()) ranks[at] = place + 1;
const columns = { count: 64, indices, ranks, loss } as CandidateColumns;

test('among all paths every op is as frequent; the best have the best ops', () => {
  expect(opShares(columns, 1, shape).flat()).toEqual(new Array(12).fill(0.25));
  const best = opShares(columns, 0.05, shape);
  expect(best[2]).toEqual([0, 0, 0, 1]);
  for (const layer of best) expect(layer.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1);
});

test('neighbours differ at one layer, the nearest first', () => {
  const found = neighboursOfBest(columns, shape);
  expect(found).toHaveLength(9);
  expect(found[0]).toMatchObject({ layer: 0, gap: 1 });
  expect(found.at(-1)).toMatchObject({ layer: 2, op: 0, gap: 300 });
  expect(found.map(({ gap }) => gap)).toEqual(found.map(({ gap }) => gap).sort((a, b) => a - b));
});

test('the front has what no cheaper path beats', () => {
  expect(frontOf(Float64Array.of(5, 1, 3, 3, 4), Float64Array.of(1, 9, 4, 3, 3))).toEqual([
    1, 3, 0,
  ]);
});
