import { expect, test } from 'vitest';
import { samePath, valueAt, withValueAt } from './draft.ts';

const draft = { name: 'a', distil: { epochs: 3 }, retrain: {} };

test('a value is put where it was, and groups come into being', () => {
  expect(withValueAt(draft, ['distil', 'epochs'], 4)).toEqual({ ...draft, distil: { epochs: 4 } });
  expect(Object.keys(withValueAt(draft, ['name'], 'b'))).toEqual(['name', 'distil', 'retrain']);
  expect(withValueAt(draft, ['constraints', 'macs', 'max'], 5)).toEqual({
    ...draft,
    constraints: { macs: { max: 5 } },
  });
});

test('what is taken away leaves no empty group', () => {
  const bounded = withValueAt(draft, ['constraints', 'macs', 'max'], 5);
  expect(withValueAt(bounded, ['constraints', 'macs', 'max'], undefined)).toEqual(draft);
});

test('nothing is where nothing was put', () => {
  expect(valueAt(draft, ['distil', 'epochs'])).toBe(3);
  expect(valueAt(draft, ['name', 'length', 'x'])).toBeUndefined();
});

test('positions in lists are the same as numbers and as texts', () => {
  expect(samePath(['distil', 'epochs', 1], ['distil', 'epochs', '1'])).toBe(true);
  expect(samePath(['distil'], ['distil', 'epochs'])).toBe(false);
});
