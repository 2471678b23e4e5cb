'use client';

import type { JobState, SearchState } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { Chip, type ChipTone } from './chip.tsx';

const tones: Record<SearchState | JobState, ChipTone> = {
  DRAFT: 'wait',
  QUEUED: 'wait',
  PAUSED: 'wait',
  RUNNING: 'run',
  COMPLETE: 'good',
  FAILED: 'bad',
  CANCELLED: 'bad',
};

/** The state of a search or job. */
export function StateChip({ state }: { state: SearchState | JobState }) {
  const say = useTranslations('common.state');
  return <Chip tone={tones[state]}>{say(state)}</Chip>;
}
