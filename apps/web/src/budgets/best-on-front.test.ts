import { expect, test } from 'vitest';
import { bestOnFront, frontCost } from './best-on-front.ts';
import { anyNetwork, withBound } from './wish.ts';

const front = {
  count: 3,
  losses: [3, 2, 1],
  params: ['10', '30', '20'],
  macs: ['100', '200', '300'],
  flopsTool: ['1', '2', '3'],
  activationBytes: ['4', '5', '6'],
  latencyMs: null,
  encodings: ['1:0 2:01', '1:1 2:01', '1:1 1:0'],
  architectures: ['a', 'b', 'c'],
};

test('the last point within a bound is the best, and the bound itself is within', () => {
  expect(bestOnFront(front, 'macs', 200)).toMatchObject({ loss: 2, macs: '200', params: '30' });
  expect(bestOnFront(front, 'macs', 299)?.architecture).toBe('b');
  expect(bestOnFront(front, 'macs', undefined)?.loss).toBe(1);
  expect(bestOnFront(front, 'macs', 99)).toBeUndefined();
  expect(bestOnFront(front, 'latencyMs', 9)).toBeUndefined();
});

test('cells and paths are read from the encoding', () => {
  expect(bestOnFront(front, 'macs', 100)?.choices).toEqual([
    { block: 1, cell: 1, path: '0' },
    { block: 2, cell: 2, path: '01' },
  ]);
});

test('a front answers one bound from above, and no bound at all', () => {
  const macs = withBound(anyNetwork, 'macs', 'max', 5);
  expect(frontCost(anyNetwork)).toBe('macs');
  expect(frontCost(withBound(anyNetwork, 'params', 'max', 5))).toBe('params');
  expect(frontCost(withBound(macs, 'params', 'max', 5))).toBeUndefined();
  expect(frontCost(withBound(macs, 'macs', 'min', 1))).toBeUndefined();
  expect(frontCost({ ...macs, place: 2 })).toBeUndefined();
});
