import { expect, test } from 'vitest';
import { enumName } from './enum-name.ts';

test.each([
  ['none', 'NONE'],
  ['relativeL1', 'RELATIVE_L1'],
  ['mseOverVariance', 'MSE_OVER_VARIANCE'],
  ['dna2020', 'DNA2020'],
  ['s1', 'S1'],
  ['dna-2020@1', null],
])('%s is %s', (word, name) => {
  expect(enumName(word)).toBe(name);
});
