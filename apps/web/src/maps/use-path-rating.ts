'use client';

import {
  CandidatesDocument,
  type CandidatesQuery,
  type CellDetailFragment,
} from '@blockwise/client';
import { useQueryClient } from '@tanstack/react-query';
import { useClient } from '../api/api-provider.tsx';
import { useApi } from '../api/use-api.ts';

export type PathRating = CandidatesQuery['candidates']['nodes'][number];

/** How a path of a cell is rated; undefined while that is read, and for no path. */
export function usePathRating(
  cell: CellDetailFragment | undefined,
  path: string | undefined,
): PathRating | undefined {
  const ops = [...(path ?? '')].map((digit, at) => ({
    layer: at + 1,
    ops: [cell?.ops[Number.parseInt(digit, 36)] ?? ''],
  }));
  const { data } = useApi(
    CandidatesDocument,
    { cell: cell?.id ?? '', filter: { ops }, first: 1 },
    { isReady: cell !== undefined && path !== undefined },
  );
  return data?.candidates.nodes.find((each) => each.path === path);
}

/** Finds the path of a cell that has a place in the order of the ratings, from 1; undefined where there is none. */
export function usePathOfRank(cell: string): (rank: number) => Promise<string | undefined> {
  const client = useClient();
  const queries = useQueryClient();
  return async (rank) => {
    const place = String(rank);
    const variables = { cell, filter: { rank: { min: place, max: place } }, first: 1 };
    const { candidates } = await queries.fetchQuery({
      queryKey: ['Candidates', variables],
      queryFn: () => client.request(CandidatesDocument, variables),
    });
    return candidates.nodes[0]?.path;
  };
}
