import { expect, test } from 'vitest';
import { secondsPerEpoch } from './audit-cost.ts';

const job = (retraining: string, seconds: number, state: 'COMPLETE' | 'FAILED' = 'COMPLETE') => ({
  kind: 'RETRAIN' as const,
  state,
  startedAt: '2026-11-28T10:00:00.000Z',
  finishedAt: new Date(Date.UTC(2026, 10, 28, 10, 0, seconds)).toISOString(),
  retraining: { id: retraining },
});
const networks = [
  { retrainings: [{ id: 'six', spec: { epochs: 6 } }] },
  { retrainings: [{ id: 'two', spec: { epochs: 2 } }] },
];

test('an epoch costs what those of finished trainings took in the mean', () => {
  const jobs = [job('six', 30), job('two', 18), job('two', 500, 'FAILED'), job('other', 99)];
  expect(secondsPerEpoch({ jobs, networks })).toBe(6);
  expect(secondsPerEpoch({ jobs: [], networks })).toBeUndefined();
});
