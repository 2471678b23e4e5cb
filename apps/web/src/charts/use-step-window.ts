'use client';

import { parseAsArrayOf, parseAsInteger, useQueryState } from 'nuqs';
import { useCallback, useMemo } from 'react';
import type { NumberRange } from './number-range.ts';

/** Steps that are in sight of the page's curves, both ends in the address; null for all of them. */
export function useStepWindow() {
  const [steps, setSteps] = useQueryState('steps', parseAsArrayOf(parseAsInteger));
  const [min, max] = steps ?? [];
  const window = useMemo<NumberRange | null>(
    () => (min === undefined || max === undefined ? null : { min, max }),
    [min, max],
  );
  const setWindow = useCallback(
    (next: NumberRange | null) => void setSteps(next && [next.min, next.max]),
    [setSteps],
  );
  return [window, setWindow] as const;
}
