'use client';

import type { NetworkOrigin } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useSearch } from '../search/search-frame.tsx';

/** What the networks of the open search are called: by predicted rank, or in the order in which they were asked for. */
export function useNetworkName() {
  const say = useTranslations('network');
  const { search } = useSearch();
  return ({
    id,
    origin,
    predictedRank,
  }: {
    readonly id: string;
    readonly origin: NetworkOrigin;
    readonly predictedRank: number | null;
  }): string => {
    if (predictedRank !== null) return say('name', { rank: predictedRank });
    if (origin === 'AUDIT') return say('drawn');
    return say('asked', { number: 1 + search.requested.findIndex((each) => each.id === id) });
  };
}
