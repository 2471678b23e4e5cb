import type { SearchDetail } from '@blockwise/client';
import { type RatingMeasure, searchSpec } from '@blockwise/contracts';

const measures: Record<RatingMeasure, string> = {
  relativeL1: 'relative L1',
  mseOverVariance: 'MSE / variance',
  cosine: '1 − cosine',
  replaceKl: 'KL in the teacher',
  replaceError: 'error in the teacher',
};

/** What the ratings of a search are, in words for an axis; empty when its specification is newer than this page. */
export function measureName(search: Pick<SearchDetail, 'spec'>): string {
  const spec = searchSpec.safeParse(search.spec);
  return spec.success ? measures[spec.data.rating.measure] : '';
}
