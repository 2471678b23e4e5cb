'use client';

import { ParetoFrontDocument, type SolutionDetailFragment } from '@blockwise/client';
import { useMemo } from 'react';
import { useApi } from '../api/use-api.ts';
import { costAxes } from '../search/cost-axes.ts';
import { bestOnFront, frontCost } from './best-on-front.ts';
import type { Wish } from './wish.ts';

/**
 * The best network of a wish with one bound, in the frame in which it is wished: its front is asked
 * for once. Undefined where the exact search alone knows, and until the front is there.
 */
export function useBestOnFront(search: string, wish: Wish): SolutionDetailFragment | undefined {
  const cost = frontCost(wish);
  const axis = costAxes.find(({ key }) => key === cost)?.axis ?? 'MACS';
  const { data } = useApi(
    ParetoFrontDocument,
    { search, x: axis, y: 'LOSS', lambdas: wish.lambdas?.slice() ?? null },
    { isReady: cost !== undefined },
  );
  const most = cost && (wish.constraints[cost]?.max ?? undefined);
  return useMemo(
    () => (cost && data ? bestOnFront(data.paretoFront, cost, most) : undefined),
    [cost, data, most],
  );
}
