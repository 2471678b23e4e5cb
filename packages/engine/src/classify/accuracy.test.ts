import { expect, it } from 'vitest';
import { countCorrect } from './accuracy.ts';

it('counts the rows whose greatest value is at the label', () => {
  const logits = Float32Array.of(0, 3, 1, -1, -5, -2, 7, 7, 0);
  expect(countCorrect(logits, [1, 0, 0])).toBe(3);
  expect(countCorrect(logits, [1, 2, 1])).toBe(1);
});
