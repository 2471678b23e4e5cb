import { expect, test } from 'vitest';
import { nearnessOf } from './nearness.ts';

test.each([
  [0, 0.8, 1, 'veryNear'],
  [0.2, 0.8, 0.75, 'veryNear'],
  [0.4, 0.8, 0.5, 'near'],
  [0.6, 0.8, 0.25, 'partly'],
  [0.79, 0.8, 0.0125, 'hardly'],
  [0.9, 0.8, -0.125, 'not'],
  [0, 0, 0, 'not'],
])('a loss of %s where %s would be without any idea', (loss, flat, share, word) => {
  expect(nearnessOf(loss, flat)).toEqual({ share: expect.closeTo(share, 9), word });
});
