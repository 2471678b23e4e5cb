'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { phaseShare, phasesOf } from '../live/phase-progress.ts';
import { useSearch } from '../search/search-frame.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import styles from './phase-steps.module.css';

/** The phases in their order, how far each is, and what it is for. */
export function PhaseSteps() {
  const say = useTranslations('pipeline');
  const common = useTranslations('common.phase');
  const { search } = useSearch();
  return (
    <ol className={styles.phases}>
      {phasesOf(search).map((phase) => {
        const share = phaseShare(search, phase);
        const isDone = share >= 1;
        return (
          <li key={phase} aria-current={search.phase === phase ? 'step' : undefined}>
            <span className={styles.name}>
              {isDone && <Check aria-hidden />}
              {common(phase)}
            </span>
            <ProgressBar share={share} label={say('phaseBar', { phase: common(phase) })} />
            <span className={styles.about}>{say(`about.${phase}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
