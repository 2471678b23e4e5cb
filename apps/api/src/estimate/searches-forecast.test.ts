import type { JobRow } from '@blockwise/db';
import { expect, test } from 'vitest';
import type { PlannedJob } from './planned-jobs.ts';
import { remaining } from './searches-forecast.ts';

const work = (low: number, high = low) => ({ low, high });
const planned: PlannedJob[] = [
  { kind: 'teacher', work: work(100) },
  { kind: 'distil', block: 0, cell: 0, work: work(10) },
  { kind: 'distil', block: 0, cell: 1, work: work(20) },
  { kind: 'distil', block: 1, cell: 0, work: work(30, 60) },
  { kind: 'retrain', work: work(5) },
  { kind: 'retrain', work: work(5) },
];
const job = (
  kind: JobRow['kind'],
  state: JobRow['state'],
  cellId: string | null = null,
  progress: Partial<JobRow['progress']> = {},
) => ({
  ...{ kind, state, cellId },
  progress: { done: 0, total: 0, unit: '', perSecond: null, note: null, ...progress },
});

test('takes out what is complete, and of what is under way what is done', () => {
  const steps = { done: 40, total: 100, unit: 'steps' };
  const stored = [
    job('teacher', 'COMPLETE'),
    job('distil', 'COMPLETE', '0 1'),
    job('distil', 'RUNNING', '1 0', steps),
    job('distil', 'QUEUED', '0 0'),
    job('retrain', 'FAILED'),
    job('retrain', 'COMPLETE'),
  ];
  expect(remaining(planned, stored, ({ cellId }) => cellId ?? '')).toEqual([
    planned[1],
    { ...planned[3], work: work(18, 36) },
    planned[5],
  ]);
});

test('reading images is no part of the work, and nothing stored leaves all', () => {
  const images = { done: 90, total: 100, unit: 'images' };
  expect(remaining(planned, [job('teacher', 'RUNNING', null, images)], () => '')).toEqual(planned);
  expect(remaining(planned, [], () => '')).toEqual(planned);
});
