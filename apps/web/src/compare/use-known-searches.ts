'use client';

import { CompareJobsDocument, type CompareJobsQuery } from '@blockwise/client';
import { useQueries } from '@tanstack/react-query';
import { useClient } from '../api/api-provider.tsx';
import { operationName } from '../api/operation-name.ts';

export type KnownSearch = NonNullable<CompareJobsQuery['search']>;

/** Each search of these ids: null where there is none that may be seen, undefined until it is known. */
export function useKnownSearches(
  ids: readonly string[],
): readonly (KnownSearch | null | undefined)[] {
  const client = useClient();
  return useQueries({
    queries: ids.map((search) => ({
      queryKey: [operationName(CompareJobsDocument), { search }],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.request(CompareJobsDocument, { search }, { signal }),
    })),
    combine: (answers) => answers.map(({ data }) => data && (data.search ?? null)),
  });
}
