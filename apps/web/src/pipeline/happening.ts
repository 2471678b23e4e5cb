import type { Phase, SearchDetail, SearchState } from '@blockwise/client';
import { secondsLeft } from '../live/phase-progress.ts';

/** What a search is doing at a moment. */
export interface Happening {
  readonly state: SearchState;
  /** Of the jobs that run: the earliest one. */
  readonly phase: Phase | undefined;
  readonly running: number;
  readonly waiting: number;
  readonly trainers: number;
  /** Until the last of the running jobs ends; undefined while unknown. */
  readonly secondsLeft: number | undefined;
}

/** Jobs that run and wait, on how many trainers, and for how long yet. */
export function happening(search: Pick<SearchDetail, 'state' | 'jobs'>): Happening {
  const running = search.jobs.filter(({ state }) => state === 'RUNNING');
  const left = running.map(secondsLeft).filter((seconds) => seconds !== undefined);
  const trainers = new Set(
    running.flatMap(({ runs }) => {
      const run = runs.find(({ state }) => state === 'RUNNING');
      return run === undefined ? [] : [run.trainer];
    }),
  );
  return {
    state: search.state,
    phase: running[0]?.kind,
    running: running.length,
    waiting: search.jobs.filter(({ state }) => state === 'QUEUED').length,
    trainers: trainers.size,
    secondsLeft: left.length > 0 ? Math.max(...left) : undefined,
  };
}
