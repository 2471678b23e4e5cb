import { expect, test } from 'vitest';
import { formatGap, formatGapSize } from './format-gap.ts';

test.each([
  [0.01834, '+1.8 %'],
  [-0.000412, '−0.041 %'],
  [0.4, '+40 %'],
  [0, '0 %'],
])('%f is %s', (share, told) => {
  expect(formatGap(share)).toBe(told.replace(' ', '\u00a0'));
});

test('without its sign', () => {
  expect(formatGapSize(-0.0183)).toBe('1.8\u00a0%');
});
