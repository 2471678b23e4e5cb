'use client';

import { ParetoFrontDocument, SearchCostsDocument, type SearchDetail } from '@blockwise/client';
import { useApi } from '../api/use-api.ts';
import type { CostKey } from '../search/cost-axes.ts';
import type { CostRange } from './slider-scale.ts';

export type CostRanges = Partial<Record<CostKey, CostRange>>;

/**
 * Between which costs the networks of a search lie, as far as they are known; latencies from the
 * fastest network up to the best one, beyond which more time buys nothing.
 */
export function useCostRanges(
  { id, dataset }: Pick<SearchDetail, 'id' | 'dataset'>,
  hasLatency: boolean,
): { readonly ranges: CostRanges; readonly error: Error | null } {
  const costs = useApi(
    SearchCostsDocument,
    { search: id, inputSize: dataset?.size ?? 0, classes: dataset?.classes.length ?? 0 },
    { isReady: dataset != null },
  );
  const latency = useApi(
    ParetoFrontDocument,
    { search: id, x: 'LATENCY_MS', y: 'LOSS' },
    { isReady: hasLatency },
  );
  const known = costs.data?.search?.space.costs;
  const times = latency.data?.paretoFront.latencyMs;
  const [fastest, slowest] = [times?.at(0), times?.at(-1)];
  return {
    ranges: {
      ...(known && {
        params: rangeOf(known.params),
        macs: rangeOf(known.macs),
        flopsTool: rangeOf(known.flopsTool),
        activationBytes: rangeOf(known.activationBytes),
      }),
      ...(fastest !== undefined &&
        slowest !== undefined && { latencyMs: { min: fastest, max: slowest } }),
    },
    error: costs.error ?? latency.error,
  };
}

function rangeOf({ min, max }: { min: string; max: string }): CostRange {
  return { min: Number(min), max: Number(max) };
}
