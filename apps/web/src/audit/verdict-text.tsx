'use client';

import { useTranslations } from 'next-intl';
import { formatCorrelation } from '../ui/format.ts';
import styles from './audit.module.css';
import type { Audit } from './report.ts';
import { aheadOf, trustOf, type Verdict } from './verdict.ts';

const tones: Record<Verdict, string> = {
  notMeasured: 'none',
  open: 'warn',
  reversed: 'bad',
  hint: 'warn',
  guide: 'good',
  trust: 'good',
};

/** How far to trust the search's order, in a plain sentence, and what it rests on. */
export function VerdictText({ audit }: { audit: Audit | null }) {
  const say = useTranslations('trust');
  const report = audit?.report ?? null;
  const { verdict, rightPairs, isFew } = trustOf(report);
  const { ahead, difference } = aheadOf(report);
  return (
    <div className={styles.verdict} data-tone={tones[verdict]}>
      <p className={styles.lead}>{say(`verdict.${verdict}`)}</p>
      {rightPairs === null ? (
        <p>{audit === null ? say('noAudit') : say('tooFew')}</p>
      ) : (
        <p>
          {say('pairs', {
            share: percent(rightPairs.value),
            low: percent(rightPairs.low),
            high: percent(rightPairs.high),
            networks: report?.networks ?? 0,
          })}
        </p>
      )}
      {difference && (
        <p>
          {say(`macs.${ahead}`, {
            difference: formatCorrelation(difference.value ?? 0),
            low: formatCorrelation(difference.low ?? 0),
            high: formatCorrelation(difference.high ?? 0),
          })}
        </p>
      )}
      {isFew && <p className={styles.note}>{say('few', { networks: report?.networks ?? 0 })}</p>}
    </div>
  );
}

/** Whole per cents: intervals of so few networks have no tenths. */
function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
