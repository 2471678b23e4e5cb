'use client';

import type { EntryDetailFragment, EntryState } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { Chip, type ChipTone } from '../ui/chip.tsx';
import { formatShare } from '../ui/format.ts';
import styles from './leaderboard.module.css';

const tones: Record<EntryState, ChipTone> = {
  UNVERIFIED: 'wait',
  VERIFYING: 'run',
  VERIFIED: 'good',
  REJECTED: 'bad',
  WITHDRAWN: 'wait',
};

/** How far an entry can be trusted: its state, what that means when pointed at, and what was measured. */
export function EntryStateCell({ entry }: { entry: EntryDetailFragment }) {
  const say = useTranslations('leaderboard');
  const { state, verifiedTop1, imported, verification } = entry;
  const failure = verification?.failure?.message;
  return (
    <>
      <Chip tone={tones[state]} title={say(`meaning.${state}`)}>
        {state === 'VERIFIED' && '✓ '}
        {say(`states.${state}`)}
      </Chip>
      {verifiedTop1 != null && (
        <span className={styles.note}> {say('measured', { top1: formatShare(verifiedTop1) })}</span>
      )}
      {imported != null && (
        <span className={styles.note}>
          {' '}
          {say(imported.verified ? 'importedVerified' : 'imported', { team: imported.team })}
        </span>
      )}
      {failure != null && <span className={styles.note}> {failure}</span>}
    </>
  );
}
