import { readFloats, readInts } from './binary-array.ts';
import type { Database } from './database.ts';

/** All rated paths of a cell, by path index, as columns of one length. */
export interface CandidateColumns {
  readonly count: number;
  readonly indices: Int32Array<ArrayBuffer>;
  readonly ranks: Int32Array<ArrayBuffer>;
  readonly loss: Float64Array<ArrayBuffer>;
  readonly params: Float64Array<ArrayBuffer>;
  readonly macs: Float64Array<ArrayBuffer>;
  readonly flopsTool: Float64Array<ArrayBuffer>;
  /** As the three below: null when no path has it, NaN for a path that has not. */
  readonly activationBytes: Float64Array<ArrayBuffer> | null;
  readonly error: Float64Array<ArrayBuffer> | null;
  readonly kl: Float64Array<ArrayBuffer> | null;
  readonly top1: Float64Array<ArrayBuffer> | null;
}

type Sent = Uint8Array;

/** Reads them in one go; empty columns until the cell is rated. Counts are exact up to 2^53. */
export async function candidateColumns(db: Database, cellId: string): Promise<CandidateColumns> {
  const [row] = await db.prisma.$queryRaw<
    {
      indices: Sent;
      ranks: Sent;
      loss: Sent;
      params: Sent;
      macs: Sent;
      flopsTool: Sent;
      activationBytes: Sent | null;
      error: Sent | null;
      kl: Sent | null;
      top1: Sent | null;
    }[]
  >`
    SELECT array_send(array_agg(index ORDER BY index)) AS indices,
      array_send(array_agg(rank ORDER BY index)) AS ranks,
      array_send(array_agg(loss ORDER BY index)) AS loss,
      array_send(array_agg(params::float8 ORDER BY index)) AS params,
      array_send(array_agg(macs::float8 ORDER BY index)) AS macs,
      array_send(array_agg(flops_tool::float8 ORDER BY index)) AS "flopsTool",
      CASE WHEN count(activation_bytes) > 0 THEN array_send(
        array_agg(coalesce(activation_bytes::float8, 'NaN') ORDER BY index)) END AS "activationBytes",
      CASE WHEN count(error) > 0 THEN
        array_send(array_agg(coalesce(error, 'NaN') ORDER BY index)) END AS error,
      CASE WHEN count(kl) > 0 THEN
        array_send(array_agg(coalesce(kl, 'NaN') ORDER BY index)) END AS kl,
      CASE WHEN count(top1) > 0 THEN
        array_send(array_agg(coalesce(top1, 'NaN') ORDER BY index)) END AS top1
    FROM candidate WHERE cell_id = ${cellId}::uuid HAVING count(*) > 0`;
  if (row === undefined) return noCandidates;
  const measured = (sent: Sent | null) => (sent === null ? null : readFloats(sent));
  const indices = readInts(row.indices);
  return {
    count: indices.length,
    indices,
    ranks: readInts(row.ranks),
    loss: readFloats(row.loss),
    params: readFloats(row.params),
    macs: readFloats(row.macs),
    flopsTool: readFloats(row.flopsTool),
    activationBytes: measured(row.activationBytes),
    error: measured(row.error),
    kl: measured(row.kl),
    top1: measured(row.top1),
  };
}

const noCandidates: CandidateColumns = {
  count: 0,
  indices: new Int32Array(),
  ranks: new Int32Array(),
  loss: new Float64Array(),
  params: new Float64Array(),
  macs: new Float64Array(),
  flopsTool: new Float64Array(),
  activationBytes: null,
  error: null,
  kl: null,
  top1: null,
};
