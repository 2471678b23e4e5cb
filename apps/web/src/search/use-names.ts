'use client';

import type { SearchDetail } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { cellsOf, networkOfJob } from './names.ts';

type Job = SearchDetail['jobs'][number];
type Named = Pick<SearchDetail, 'blocks' | 'networks' | 'requested'>;

/** What cells and jobs are called, in the reader's language. */
export function useNames() {
  const say = useTranslations('common');
  return useMemo(() => {
    const cell = ({ block, index }: { readonly block: number; readonly index: number }): string =>
      say('cell', { block: String(block), cell: String(index) });

    /** What a job works on, for legends; no two jobs of a kind have the same name. */
    const job = (search: Named, each: Job): string => {
      const own = cellsOf(search).find(({ id }) => id === each.cell?.id);
      if (own) return cell(own);
      const found = networkOfJob(search, each);
      if (found === undefined) return say('phase.TEACHER');
      const { place, isRequested, seed } = found;
      const name = say(isRequested ? 'requestedNetwork' : 'network', { place: String(place) });
      return seed === undefined ? name : say('withSeed', { name, seed: String(seed) });
    };

    return { cell, job };
  }, [say]);
}
