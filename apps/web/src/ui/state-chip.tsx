import type { JobState, SearchState } from '@blockwise/client';
import { formatWord } from './format.ts';
import styles from './state-chip.module.css';

const tones: Record<SearchState | JobState, string | undefined> = {
  DRAFT: styles.wait,
  QUEUED: styles.wait,
  PAUSED: styles.wait,
  RUNNING: styles.run,
  COMPLETE: styles.good,
  FAILED: styles.bad,
  CANCELLED: styles.bad,
};

/** A state as a word on a colour; the word alone carries the meaning. */
export function StateChip({ state }: { state: SearchState | JobState }) {
  return <span className={`${styles.chip} ${tones[state]}`}>{formatWord(state)}</span>;
}
