'use client';

import { type SolutionDetailFragment, SolveDocument, type SolveQuery } from '@blockwise/client';
import { useQueries } from '@tanstack/react-query';
import { useClient } from '../api/api-provider.tsx';
import { operationName } from '../api/operation-name.ts';
import { solveVariables } from './solve-variables.ts';
import { printWish, type Wish } from './wish.ts';

export interface PinnedNetwork {
  readonly wish: Wish;
  readonly network: SolutionDetailFragment;
}

/** The networks that pinned wishes find; those that find none (any more) are left out. */
export function usePinned(search: string, pins: readonly Wish[]): readonly PinnedNetwork[] {
  const client = useClient();
  return useQueries({
    queries: pins.map((wish) => {
      const variables = solveVariables(search, wish, wish.place);
      return {
        queryKey: [operationName(SolveDocument), variables],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          client.request(SolveDocument, variables, { signal }),
        staleTime: Number.POSITIVE_INFINITY,
      };
    }),
    combine: (answers) =>
      answers.flatMap(({ data }, at) => {
        const wish = pins[at];
        const network = wish && (data as SolveQuery | undefined)?.solve[wish.place - 1];
        return network ? [{ wish, network }] : [];
      }),
  });
}

/** Whether a wish is among those that are pinned. */
export function isAmong(pins: readonly Wish[], wish: Wish): boolean {
  return pins.some((pin) => printWish(pin) === printWish(wish));
}
