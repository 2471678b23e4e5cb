import type { JobRow } from '@blockwise/db';
import { expect, test } from 'vitest';
import { jobSpan } from './queue-forecast.ts';

const waiting = { done: 0, total: 0, unit: '', perSecond: null, note: null };
const job = (state: JobRow['state'], progress: Partial<JobRow['progress']> = {}) => ({
  ...{ kind: 'distil' as const, state },
  ...{ attempt: 2, startedAt: new Date(Date.now() - 50_000) },
  progress: { ...waiting, ...progress },
});
const measured = () => ({ slow: 5, usual: 8, fast: 10, isMeasured: true });
const unmeasured = () => null;

test.each([
  ['one that waits: by finished runs', job('QUEUED'), { low: 10, high: 20 }],
  [
    'one that reports a rate: by that, a fifth more or less',
    job('RUNNING', { done: 40, total: 100, unit: 'steps', perSecond: 6 }),
    { low: 10 / 1.2, high: 12 },
  ],
  [
    'one that reports none: what is left of it by finished runs',
    job('RUNNING', { done: 75, total: 100, unit: 'steps' }),
    { low: 2.5, high: 5 },
  ],
  [
    'one that reads images has all before it',
    job('RUNNING', { done: 75, total: 100, unit: 'images', perSecond: 1000 }),
    { low: 10, high: 20 },
  ],
  [
    'one that overruns what it planned is about to end',
    job('RUNNING', { done: 110, total: 100, unit: 'steps' }),
    { low: 0, high: 0 },
  ],
])('%s', (_name, asked, expected) => {
  expect(jobSpan(asked, 100, measured)).toEqual(expected);
});

test('a first attempt that reports no rate has the one that it had so far', () => {
  const first = { ...job('RUNNING', { done: 50, total: 80, unit: 'steps' }), attempt: 1 };
  const { low, high } = jobSpan(first, null, unmeasured) as { low: number; high: number };
  // A step a second.
  expect(low).toBeCloseTo(30 / 1.2, 0);
  expect(high).toBeCloseTo(30 * 1.2, 0);
});

test('says why nobody knows', () => {
  expect(jobSpan(job('QUEUED'), null, measured)).toBe('NOT_READ');
  expect(jobSpan(job('QUEUED'), 100, unmeasured)).toBe('NOT_MEASURED');
  const rate = { done: 4, total: 10, unit: 'steps', perSecond: 1 };
  expect(jobSpan(job('RUNNING', rate), null, unmeasured)).toEqual({ low: 5, high: 6 * 1.2 });
});
