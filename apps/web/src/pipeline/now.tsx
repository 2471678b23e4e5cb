'use client';

import { useTranslations } from 'next-intl';
import { useSearch } from '../search/search-frame.tsx';
import { useTimes } from '../ui/use-times.ts';
import { happening } from './happening.ts';
import styles from './now.module.css';

/** What the search is doing at this moment, in one sentence. */
export function Now() {
  const say = useTranslations('pipeline.now');
  const { duration } = useTimes();
  const { search } = useSearch();
  const { state, phase, running, waiting, trainers, secondsLeft } = happening(search);
  const words = () => {
    if (state !== 'RUNNING') return say(state);
    if (running === 0) return say(waiting === 0 ? 'between' : 'waiting', { waiting });
    return say(`phase.${phase ?? 'none'}`, { running, waiting, trainers });
  };
  return (
    <p className={styles.now} aria-live="polite">
      {words()}
      {secondsLeft !== undefined && (
        <span className={styles.left} data-volatile>
          {say('left', { time: duration(secondsLeft) })}
        </span>
      )}
    </p>
  );
}
