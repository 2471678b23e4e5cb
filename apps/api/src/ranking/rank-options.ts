import type { RankReportOptions } from '@blockwise/dna';
import { maxResamples } from '../limits.ts';
import { refuse } from '../refuse.ts';

/** As clients ask for a report. */
export interface RankAsked {
  readonly predicted: 'loss' | 'score';
  readonly fixed: 'macs' | 'flopsTool';
  readonly slices?: number | null | undefined;
  readonly ranges?: readonly { min: number; max: number }[] | null | undefined;
  readonly resamples: number;
  readonly seed: number;
}

/** @throws DomainError BAD_INPUT */
export function rankOptions({
  predicted,
  fixed,
  slices,
  ranges,
  resamples,
  seed,
}: RankAsked): RankReportOptions {
  if (resamples < 0 || resamples > maxResamples) {
    refuse('BAD_INPUT', `resamples must be from 0 to ${maxResamples}, not ${resamples}.`, [
      'options',
      'resamples',
    ]);
  }
  if (typeof slices === 'number' && (slices < 0 || slices > 100)) {
    refuse('BAD_INPUT', `slices must be from 0 to 100, not ${slices}.`, ['options', 'slices']);
  }
  return { predicted, fixed, resamples, seed, slices: ranges ?? slices ?? undefined };
}
