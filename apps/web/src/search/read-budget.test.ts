import { expect, test } from 'vitest';
import { readBudget } from './read-budget.ts';

const both = ['min', 'max'] as const;

test('all five axes are read in their units, empty fields left out', () => {
  const typed = {
    params: { max: '1.5M', min: '' },
    macs: { max: '300k', min: '100k' },
    flopsTool: { max: '2,000' },
    activationBytes: { max: '2 MB' },
    latencyMs: { max: '12.5 ms' },
  };
  expect(readBudget(typed, both)).toEqual({
    constraints: {
      params: { max: 1_500_000 },
      macs: { min: 100_000, max: 300_000 },
      flopsTool: { max: 2000 },
      activationBytes: { max: 2_000_000 },
      latencyMs: { max: 12.5 },
    },
    wrong: [],
  });
});

test('hidden minima do not count', () => {
  expect(readBudget({ macs: { min: '5', max: '9' } }, ['max']).constraints).toEqual({
    macs: { max: 9 },
  });
});

test('what cannot be read, and a maximum of nothing, are told by field', () => {
  const typed = { params: { max: 'few' }, macs: { max: '0', min: '0' } };
  expect(readBudget(typed, both)).toEqual({
    constraints: { macs: { min: 0 } },
    wrong: [
      { key: 'params', side: 'max' },
      { key: 'macs', side: 'max' },
    ],
  });
});
