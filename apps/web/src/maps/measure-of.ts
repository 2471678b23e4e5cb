import type { RatingMeasure } from '@blockwise/contracts';

const measures: Readonly<Record<RatingMeasure, true>> = {
  relativeL1: true,
  mseOverVariance: true,
  cosine: true,
  replaceKl: true,
  replaceError: true,
};

/** By which measure a search with this specification rates paths; DNA's where it does not say. */
export function measureOf(spec: unknown): RatingMeasure {
  const { rating } = (spec ?? {}) as { rating?: { measure?: string } };
  const measure = rating?.measure ?? '';
  return Object.hasOwn(measures, measure) ? (measure as RatingMeasure) : 'relativeL1';
}
