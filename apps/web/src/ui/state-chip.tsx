'use client';

import type { JobState, SearchState } from '@blockwise/client';
import { useTranslations } from 'next-intl';
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
  const say = useTranslations('common.state');
  return <span className={`${styles.chip} ${tones[state]}`}>{say(state)}</span>;
}
