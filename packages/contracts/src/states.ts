import { z } from 'zod';

/** A search: DRAFT → QUEUED → RUNNING → COMPLETE | FAILED | CANCELLED, with PAUSED from QUEUED or RUNNING. */
export const searchState = z.enum([
  'DRAFT',
  'QUEUED',
  'RUNNING',
  'PAUSED',
  'COMPLETE',
  'FAILED',
  'CANCELLED',
]);
export type SearchState = z.infer<typeof searchState>;

/** What a running search is doing. Cells pass from `distil` to `rate` each at its own time; the phase is the earliest unfinished one. */
export const phase = z.enum([
  'teacher',
  'latency',
  'distil',
  'rate',
  'solve',
  'retrain',
  'cut',
  'export',
  'verify',
  'maps',
]);
export type Phase = z.infer<typeof phase>;
export const phases = phase.options;

/** One unit of work, and each attempt (run) at it: QUEUED → RUNNING → COMPLETE | FAILED | CANCELLED. */
export const jobState = z.enum(['QUEUED', 'RUNNING', 'COMPLETE', 'FAILED', 'CANCELLED']);
export type JobState = z.infer<typeof jobState>;

/**
 * Which state may follow which. The one table that services ask before they change a row. A paused
 * search may still end: an attempt that was under way can finish, or fail, before it has seen the pause.
 */
export const searchTransitions: Record<SearchState, readonly SearchState[]> = {
  DRAFT: ['QUEUED', 'CANCELLED'],
  QUEUED: ['RUNNING', 'PAUSED', 'FAILED', 'CANCELLED'],
  RUNNING: ['PAUSED', 'COMPLETE', 'FAILED', 'CANCELLED'],
  PAUSED: ['QUEUED', 'RUNNING', 'COMPLETE', 'FAILED', 'CANCELLED'],
  COMPLETE: [],
  FAILED: [],
  CANCELLED: [],
};

/** As {@link searchTransitions}, for jobs. RUNNING → QUEUED is a retry after a lost or failed attempt. */
export const jobTransitions: Record<JobState, readonly JobState[]> = {
  QUEUED: ['RUNNING', 'FAILED', 'CANCELLED'],
  RUNNING: ['QUEUED', 'COMPLETE', 'FAILED', 'CANCELLED'],
  COMPLETE: [],
  FAILED: [],
  CANCELLED: [],
};

/** True when nothing will change the row any more. */
export function isFinalSearchState(state: SearchState): boolean {
  return searchTransitions[state].length === 0;
}

/** True when nothing will change the row any more. */
export function isFinalJobState(state: JobState): boolean {
  return jobTransitions[state].length === 0;
}
