'use client';

import { CurvesDocument, unpackCurve } from '@blockwise/client';
import { useCallback } from 'react';
import { useApi } from '../api/use-api.ts';
import type { NumberRange } from '../charts/number-range.ts';
import type { Curve } from './curve-store.ts';
import { refined } from './refined.ts';

/** Of each curve in the window: more than pixels, so that every spike is seen. */
const pointsInWindow = 2000;

/**
 * Reads curves anew where somebody looks nearer: what is known of a long curve is thinned.
 *
 * @returns a curve with all that is known of its steps in the window; the curve itself until they are there
 */
export function useFinerCurves(
  jobs: readonly string[],
  keys: readonly string[],
  window: NumberRange | null,
): (job: string, key: string, curve: Curve) => Curve {
  const { data } = useApi(
    CurvesDocument,
    {
      jobs: [...jobs],
      keys: [...keys],
      minStep: window?.min ?? null,
      maxStep: window?.max ?? null,
      maxPoints: pointsInWindow,
    },
    { isReady: jobs.length > 0 && window !== null },
  );
  return useCallback(
    (job, key, curve) => {
      const packed = data?.curves.find((each) => each.job === job && each.key === key)?.packed;
      return packed && window ? refined(curve, unpackCurve(packed), window) : curve;
    },
    [data, window],
  );
}
