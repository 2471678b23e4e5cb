import { expect, test } from 'vitest';
import { StopSignal } from './stop-signal.ts';

test('a request is seen through the shared memory and is never taken back', () => {
  const signal = new StopSignal();
  const elsewhere = new StopSignal(signal.memory);
  expect(elsewhere.read()).toBeNull();
  signal.request('suspend');
  expect(elsewhere.read()).toBe('suspend');
  signal.request('stop');
  signal.request('suspend');
  expect(elsewhere.read()).toBe('stop');
});
