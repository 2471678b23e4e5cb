import type { JobState } from '@blockwise/contracts';
import type { JobRow } from '@blockwise/db';

/** State of a network's trainings together: under way as long as one is, then how they ended. */
export function stateTogether(jobs: readonly JobRow[]): JobState {
  const states = new Set(jobs.filter(({ kind }) => kind === 'retrain').map(({ state }) => state));
  const has = (state: JobState) => states.has(state);
  if (has('RUNNING')) return 'RUNNING';
  if (has('QUEUED')) return states.size === 1 ? 'QUEUED' : 'RUNNING';
  if (has('COMPLETE')) return 'COMPLETE';
  if (has('FAILED')) return 'FAILED';
  return states.size === 0 ? 'QUEUED' : 'CANCELLED';
}
