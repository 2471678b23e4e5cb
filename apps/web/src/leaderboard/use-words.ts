'use client';

import type { BoardSummaryFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { formatBytes, formatCount, formatMilliseconds } from '../ui/format.ts';

/** What boards say in words. */
export function useBoardWords() {
  const say = useTranslations('leaderboard');
  return {
    /** As `at most 5M params`; a board without a budget takes any network. */
    budget: (budget: BoardSummaryFragment['budget']): string => {
      if (budget == null) return say('anyBudget');
      return say(`budget.${budget.axis}`, { max: maxWords(budget) });
    },
  };
}

function maxWords({ axis, max }: NonNullable<BoardSummaryFragment['budget']>): string {
  if (axis === 'LATENCY_MS') return formatMilliseconds(max);
  if (axis === 'ACTIVATION_BYTES') return formatBytes(max);
  return formatCount(max);
}
