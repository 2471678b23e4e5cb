import { expect, test } from 'vitest';
import { anyNetwork, printWish, readWish, type Wish, withBound } from './wish.ts';

const full: Wish = {
  constraints: {
    params: { min: 1000, max: 1_500_000 },
    macs: { max: 300_000 },
    latencyMs: { max: 12.5 },
  },
  lambdas: [1, 0.5, 2],
  minDistance: 4,
  place: 2,
};

test('a wish is read as it is written', () => {
  expect(readWish(printWish(full))).toEqual(full);
  expect(readWish(printWish(anyNetwork))).toEqual(anyNetwork);
  expect(printWish(anyNetwork)).toBe('');
});

test('parts that make no sense are left out', () => {
  expect(
    readWish('macs:max:few,watts:max:3,params:most:1,lambda:1;x,apart:1.5,place:0,macs:min:7'),
  ).toEqual({ ...anyNetwork, constraints: { macs: { min: 7 } } });
});

test('more than the API answers is not asked for', () => {
  expect(readWish('place:999,apart:5000')).toMatchObject({ place: 100, minDistance: 1000 });
});

test('a bound is set beside the other side, and taken away', () => {
  const both = withBound(withBound(anyNetwork, 'macs', 'min', 1), 'macs', 'max', 9);
  expect(both.constraints).toEqual({ macs: { min: 1, max: 9 } });
  expect(withBound(both, 'macs', 'max', undefined).constraints).toEqual({ macs: { min: 1 } });
  expect(
    withBound(withBound(both, 'macs', 'max', undefined), 'macs', 'min', undefined).constraints,
  ).toEqual({});
});
