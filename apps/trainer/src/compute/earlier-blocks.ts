import {
  asPrefix,
  type CalibrationImages,
  type NamedArrays,
  type Pool,
  type PrefixPlace,
  readSafetensors,
  StudentPrefix,
} from '@blockwise/engine';
import type { CellPlaceRequest } from './cell.ts';

/** The student's own blocks before the one that is trained or rated (strategies `s1` and `s2`). */
export interface EarlierBlocks {
  /** The best rated paths of every block before, the first block's first; none for `dna`. */
  readonly pools: readonly Pool[];
  /** safetensors: every supernet that the pools name, as it was distilled (`s2` only). */
  readonly supernets: readonly {
    readonly block: number;
    readonly cell: number;
    readonly weights: Uint8Array;
  }[];
}

/** The blocks before, frozen as they were distilled (`s2`). */
export function frozenBlocks(
  place: PrefixPlace,
  { supernets }: EarlierBlocks,
  calibration: CalibrationImages,
): StudentPrefix {
  const weights: NamedArrays = new Map(
    supernets.flatMap(({ weights: bytes, ...of }) => [
      ...asPrefix(of, readSafetensors(bytes).arrays),
    ]),
  );
  return StudentPrefix.fromWeights(place, weights, calibration);
}

/** The student's blocks before a cell, where the strategy rates it behind them; else null. */
export function blocksBefore(
  { strategy, earlier, block }: CellPlaceRequest,
  place: PrefixPlace,
  weights: NamedArrays,
  calibration: CalibrationImages,
): StudentPrefix | null {
  if (strategy === 'dna' || block === 0) return null;
  return strategy === 's1'
    ? StudentPrefix.fromWeights(place, weights, calibration)
    : frozenBlocks(place, earlier, calibration);
}
