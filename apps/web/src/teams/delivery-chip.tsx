'use client';

import type { DeliveryState } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { Chip, type ChipTone } from '../ui/chip.tsx';

const tones: Record<DeliveryState, ChipTone> = {
  PENDING: 'wait',
  DELIVERED: 'good',
  FAILED: 'bad',
};

/** What became of a message. */
export function DeliveryChip({ state }: { state: DeliveryState }) {
  const say = useTranslations('teams.deliveries');
  return <Chip tone={tones[state]}>{say(`states.${state}`)}</Chip>;
}
