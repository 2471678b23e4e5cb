import { expect, test } from 'vitest';
import { readAmount } from './amount.ts';

test.each([
  ['1200000', '', 1_200_000],
  ['1,200,000', '', 1_200_000],
  ['1.2M', '', 1_200_000],
  ['1.1 m', '', 1_100_000],
  ['300k', '', 300_000],
  ['2B', '', 2e9],
  ['.5', '', 0.5],
  ['2 MB', 'B', 2_000_000],
  ['64 kB', 'B', 64_000],
  ['500 B', 'B', 500],
  ['12.5 ms', 'ms', 12.5],
  ['12.5', 'ms', 12.5],
] as const)('%s is read', (text, unit, value) => {
  expect(readAmount(text, unit)).toEqual({ value });
});

test('nothing typed is no value', () => {
  expect(readAmount('  ')).toEqual({ value: undefined });
});

test.each(['much', '-3', '1.2.3', '5 apples', '1e6', 'k'])('%s is not a number here', (text) => {
  expect(readAmount(text)).toEqual({ wrong: true });
});
