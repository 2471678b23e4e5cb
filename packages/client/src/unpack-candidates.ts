import type { CandidateColumnsQuery } from './generated/graphql.ts';
import { unpackFloats, unpackInts } from './unpack-column.ts';

/** All rated paths of a cell, by path, as columns of one length; null for what no path was measured for. */
export interface CandidateColumns {
  readonly count: number;
  /** Positions of the paths in lexicographic order, from 0. */
  readonly indices: Int32Array;
  /** Places by loss, from 1. */
  readonly ranks: Int32Array;
  readonly loss: Float64Array;
  readonly params: Float64Array;
  readonly macs: Float64Array;
  readonly flopsTool: Float64Array;
  /** As the three below: NaN for a path that lacks it. */
  readonly activationBytes: Float64Array | null;
  readonly error: Float64Array | null;
  readonly kl: Float64Array | null;
  readonly top1: Float64Array | null;
}

/** Reads the packed columns of `candidateColumns`. Works in browsers and in Node. */
export function unpackCandidates(
  packed: CandidateColumnsQuery['candidateColumns'],
): CandidateColumns {
  const measured = (column: string | null) => (column === null ? null : unpackFloats(column));
  return {
    count: packed.count,
    indices: unpackInts(packed.indices),
    ranks: unpackInts(packed.ranks),
    loss: unpackFloats(packed.loss),
    params: unpackFloats(packed.params),
    macs: unpackFloats(packed.macs),
    flopsTool: unpackFloats(packed.flopsTool),
    activationBytes: measured(packed.activationBytes),
    error: measured(packed.error),
    kl: measured(packed.kl),
    top1: measured(packed.top1),
  };
}
