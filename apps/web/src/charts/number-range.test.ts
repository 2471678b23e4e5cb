import { expect, test } from 'vitest';
import { panned, rangeOf, withRoom, zoomed } from './number-range.ts';

const all = { min: 0, max: 100 };

test('the range of values leaves out what is no number', () => {
  expect(rangeOf([3, Number.NaN, 7, Number.POSITIVE_INFINITY, 5])).toEqual({ min: 3, max: 7 });
  expect(rangeOf([Number.NaN])).toBeUndefined();
});

test('one value alone gets room too', () => {
  expect(withRoom({ min: 2, max: 2 })).toEqual({ min: 1.8, max: 2.2 });
  expect(withRoom({ min: 0, max: 0 })).toEqual({ min: -1, max: 1 });
});

test('what is moved keeps its length and stops at the ends', () => {
  expect(panned({ min: 10, max: 30 }, 25, all)).toEqual({ min: 35, max: 55 });
  expect(panned({ min: 10, max: 30 }, -25, all)).toEqual({ min: 0, max: 20 });
  expect(panned({ min: 10, max: 30 }, 500, all)).toEqual({ min: 80, max: 100 });
});

test('what is pointed at stays where it is while one comes nearer', () => {
  expect(zoomed({ min: 20, max: 60 }, 2, 30, all, 1)).toEqual({ min: 25, max: 45 });
});

test('further away than all is all, and nearer than the least is the least', () => {
  expect(zoomed({ min: 10, max: 90 }, 0.5, 50, all, 1)).toBeNull();
  expect(zoomed({ min: 40, max: 44 }, 100, 42, all, 2)).toEqual({ min: 41, max: 43 });
});

test('at an end, further away moves the range back inside', () => {
  expect(zoomed({ min: 0, max: 20 }, 0.5, 20, all, 1)).toEqual({ min: 0, max: 40 });
});
