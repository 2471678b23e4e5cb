'use client';

import { CandidatesDocument, type CandidatesQuery } from '@blockwise/client';
import { useEffect, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';

export type Candidate = CandidatesQuery['candidates']['nodes'][number];
export type CandidateField = 'LOSS' | 'PARAMS' | 'MACS' | 'PATH';
export interface CandidateSort {
  readonly field: CandidateField;
  readonly direction: 'ASC' | 'DESC';
}

/** The API's largest page. */
const pageSize = 100;

/** The first candidates of a rated cell in the server's order, page by page up to `limit`. */
export function useCandidates(
  cell: string | undefined,
  rated: boolean,
  { field, direction }: CandidateSort,
  limit: number,
): { candidates: readonly Candidate[]; error: Error | undefined } {
  const client = useClient();
  const [candidates, setCandidates] = useState<readonly Candidate[]>([]);
  const [error, setError] = useState<Error>();

  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const load = async (id: string) => {
      const read: Candidate[] = [];
      let after: string | null = null;
      do {
        const first = Math.min(pageSize, limit - read.length);
        const variables = { cell: id, orderBy: { field, direction }, first, after };
        const answer: CandidatesQuery = await client.request(CandidatesDocument, variables, {
          signal,
        });
        read.push(...answer.candidates.nodes);
        const { pageInfo } = answer.candidates;
        after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
      } while (after !== null && read.length < limit);
      if (!signal.aborted) setCandidates(read);
    };
    setError(undefined);
    if (cell === undefined || !rated) setCandidates([]);
    else {
      load(cell).catch((reason: unknown) => {
        if (!signal.aborted) setError(reason instanceof Error ? reason : new Error(String(reason)));
      });
    }
    return () => stop.abort();
  }, [client, cell, rated, field, direction, limit]);

  return { candidates, error };
}
