import { type RatingMeasure, ratingMeasure } from '@blockwise/contracts';

/** By which measure a search with this specification rates paths; DNA's where it does not say. */
export function measureOf(spec: unknown): RatingMeasure {
  const { rating } = (spec ?? {}) as { rating?: { measure?: unknown } };
  return ratingMeasure.safeParse(rating?.measure).data ?? 'relativeL1';
}
