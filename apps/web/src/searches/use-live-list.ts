'use client';

import {
  type SearchFilter,
  SearchListDocument,
  type SearchListQuery,
  type SearchOrder,
  watchSearches,
} from '@blockwise/client';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { pagesKey } from '../api/keys.ts';
import { usePages } from '../api/use-pages.ts';
import { listVariables } from './list-address.ts';
import { mergeList } from './merge-list.ts';

/** A list of searches, read page by page and kept up by what changes in it. */
export function useLiveList(filter: SearchFilter, orderBy: SearchOrder) {
  const client = useClient();
  const queries = useQueryClient();
  const list = usePages(
    SearchListDocument,
    listVariables(filter, orderBy),
    (data) => data.searches,
  );

  useEffect(() => {
    const stop = new AbortController();
    const queryKey = pagesKey(SearchListDocument, listVariables(filter, orderBy));
    const follow = async () => {
      const options = { signal: stop.signal, giveUpAfterSeconds: Number.POSITIVE_INFINITY };
      for await (const { searches, gone } of watchSearches(client, filter, options)) {
        if (searches.length === 0 && gone.length === 0) continue;
        queries.setQueryData<InfiniteData<SearchListQuery['searches']>>(
          queryKey,
          (before) => before && { ...before, pages: mergeList(before.pages, searches, gone) },
        );
      }
    };
    // The list itself tells that the API refuses.
    follow().catch(() => undefined);
    return () => stop.abort();
  }, [client, queries, filter, orderBy]);

  return list;
}
