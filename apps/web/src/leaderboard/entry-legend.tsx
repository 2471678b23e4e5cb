'use client';

import type { EntryState } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { EntryMark } from './entry-mark.tsx';
import styles from './leaderboard.module.css';

const shown: readonly EntryState[] = ['VERIFIED', 'VERIFYING', 'UNVERIFIED', 'REJECTED'];

/** Which mark means which state. */
export function EntryLegend() {
  const say = useTranslations('leaderboard.states');
  return (
    <div className={styles.legend}>
      {shown.map((state) => (
        <span key={state}>
          <svg viewBox="-8 -8 16 16" aria-hidden="true">
            <EntryMark state={state} radius={5} />
          </svg>
          {say(state)}
        </span>
      ))}
    </div>
  );
}
