import { expect, test } from 'vitest';
import { isInside, paretoFront } from './pareto.ts';

const points = [
  { id: 'dear and best', cost: 30, top1: 0.8 },
  { id: 'beaten by a cheaper one', cost: 20, top1: 0.6 },
  { id: 'cheap', cost: 10, top1: 0.7 },
  { id: 'as dear, worse', cost: 10, top1: 0.65 },
  { id: 'as good, dearer', cost: 40, top1: 0.8 },
];

test('a front has what nothing beats, the cheapest first', () => {
  expect(paretoFront(points).map(({ id }) => id)).toEqual(['cheap', 'dear and best']);
  expect(paretoFront([])).toEqual([]);
});

test('a brush takes in its edges', () => {
  expect(points.filter((point) => isInside(point, [10, 20, 0.6, 0.7]))).toHaveLength(3);
});
