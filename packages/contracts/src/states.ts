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

/** Whose jobs go first in the queue, from the last to the first. */
export const searchPriority = z.enum(['LOW', 'NORMAL', 'HIGH']);
export type SearchPriority = z.infer<typeof searchPriority>;

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

/**
 * One unit of work, and each attempt (run) at it: QUEUED → RUNNING → COMPLETE | FAILED | CANCELLED. A
 * job goes RUNNING → QUEUED after a lost, failed or suspended attempt, and FAILED | CANCELLED → QUEUED
 * with its search's FAILED → RUNNING.
 */
export const jobState = z.enum(['QUEUED', 'RUNNING', 'COMPLETE', 'FAILED', 'CANCELLED']);
export type JobState = z.infer<typeof jobState>;

/**
 * Which state may follow which. The one table that services ask before they change a row.
 *
 * - PAUSED → COMPLETE | FAILED: an attempt that was under way may finish, or fail, before it has seen
 *   the pause.
 * - FAILED → RUNNING: one job failed, by its machine or moment perhaps, and somebody has it tried again
 *   rather than lose what all the others have done. Nothing else leads out of a final state.
 */
export const searchTransitions: Record<SearchState, readonly SearchState[]> = {
  DRAFT: ['QUEUED', 'CANCELLED'],
  QUEUED: ['RUNNING', 'PAUSED', 'FAILED', 'CANCELLED'],
  RUNNING: ['PAUSED', 'COMPLETE', 'FAILED', 'CANCELLED'],
  PAUSED: ['QUEUED', 'RUNNING', 'COMPLETE', 'FAILED', 'CANCELLED'],
  COMPLETE: [],
  FAILED: ['RUNNING'],
  CANCELLED: [],
};

const finalStates: readonly SearchState[] = ['COMPLETE', 'FAILED', 'CANCELLED'];

/** True when the search has ended: nothing changes the row unless somebody has a failed job tried again. */
export function isFinalSearchState(state: SearchState): boolean {
  return finalStates.includes(state);
}

/** As {@link isFinalSearchState}, for jobs. */
export function isFinalJobState(state: JobState): boolean {
  return finalStates.includes(state);
}
