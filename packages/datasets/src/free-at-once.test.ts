import { expect, test } from 'vitest';
import { freeAtOnce } from './free-at-once.ts';

test('memory that is the array alone is freed', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  freeAtOnce(bytes);
  expect(bytes.buffer.detached).toBe(true);
  expect(bytes).toHaveLength(0);
});

test('memory that others may use is left to them', () => {
  const whole = Uint8Array.of(1, 2, 3);
  freeAtOnce(whole.subarray(1));
  expect(whole).toEqual(Uint8Array.of(1, 2, 3));
  const shared = new Uint8Array(new SharedArrayBuffer(3));
  freeAtOnce(shared);
  expect(shared).toHaveLength(3);
});
