import type { RankOptionsInput } from '../generated/graphql.ts';
import { flag, type Values } from './flag.ts';
import { UsageError } from './usage-error.ts';

/** How a ranking report is made. */
export const reportFlags = {
  fixed: flag.choice(['macs', 'flops-tool'], 'cost held fixed in partials and slices (macs)'),
  slices: flag.whole('N', 'slices with equally many networks (up to 5 of at least 8)'),
  ranges: flag.text('MIN:MAX,…', 'slices by their ranges: 380e6:420e6'),
  resamples: flag.whole('N', 'bootstrap samples (1000)'),
  'report-seed': flag.whole('N', 'seed of the samples (0)'),
} as const;

/** The options that were given; what is left out is the server's to fill in. */
export function reportOptions(values: Values<typeof reportFlags>): RankOptionsInput {
  const { fixed, slices, ranges, resamples, 'report-seed': seed } = values;
  return {
    ...(fixed === undefined ? {} : { fixed: fixed === 'macs' ? 'MACS' : 'FLOPS_TOOL' }),
    ...(slices === undefined ? {} : { slices }),
    ...(ranges === undefined ? {} : { ranges: ranges.split(',').map(rangeOf) }),
    ...(resamples === undefined ? {} : { resamples }),
    ...(seed === undefined ? {} : { seed }),
  };
}

function rangeOf(text: string): { min: number; max: number } {
  const [min, max] = text.split(':').map(Number);
  if (min === undefined || max === undefined || !Number.isFinite(min) || !Number.isFinite(max)) {
    throw new UsageError(`--ranges takes MIN:MAX, not ${text}.`);
  }
  return { min, max };
}
