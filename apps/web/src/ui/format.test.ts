import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCorrelation,
  formatFeature,
  formatMilliseconds,
  formatShare,
  formatShareSpread,
} from './format.ts';

test('a deviation stands beside its mean only where there is one', () => {
  expect(formatShareSpread(0.5312, 0.0041)).toBe('53.1 ± 0.4 %');
  expect(formatShareSpread(0.5312, null)).toBe(formatShare(0.5312));
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  ['65536', '65.5 kB'],
  [999_950, '1 MB'],
  [1_234_567, '1.23 MB'],
  [5e15, '5 PB'],
])('%s bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [12.345, '12.3 ms'],
  [0.04217, '42.2 µs'],
  [0, '0 ms'],
])('%s milliseconds are %s', (milliseconds, text) => {
  expect(formatMilliseconds(milliseconds)).toBe(text);
});

test('a negative correlation has a true minus', () => {
  expect(formatCorrelation(-0.534)).toBe('−0.53');
  expect(formatCorrelation(1)).toBe('1.00');
});

test('a value of a feature map has three digits', () => {
  expect([-0.12345, 12.345, 3, -1e-9, 0.00012].map(formatFeature)).toEqual([
    ...['−0.123', '12.3', '3', '0', '0.00012'],
  ]);
});
