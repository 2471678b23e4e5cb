import { expect, test } from 'vitest';
import { kindsByUrgency } from './slot.ts';

test('what ends a search sooner is taken first', () => {
  expect(kindsByUrgency).toEqual(['solve', 'retrain', 'rate', 'distil', 'teacher']);
});
