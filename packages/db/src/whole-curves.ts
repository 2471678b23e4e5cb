import { headBytes, readFloatElements, readIntElements } from './binary-array.ts';
import { copyRows } from './copy-rows.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { CurveColumns } from './sample-curve.ts';

export interface CurveRow extends CurveColumns {
  readonly jobId: string;
  readonly key: string;
}

/** In the order in which curves are selected. */
export const curveColumns = ['jobId', 'key', 'steps', 'values', 'wallTimes'] as const;

interface SentCurve {
  readonly jobId: string;
  readonly key: string;
  readonly steps: Uint8Array;
  readonly values: Uint8Array;
  readonly wallTimes: Uint8Array;
}

/** Curves of jobs. The first and last chunk of each may reach beyond the steps asked for. */
export async function readWhole(
  db: Pick<Database, 'pool'>,
  jobIds: readonly string[],
  keys: readonly string[],
  minStep = Number.NEGATIVE_INFINITY,
  maxStep = Number.POSITIVE_INFINITY,
): Promise<CurveRow[]> {
  const curves: CurveRow[] = [];
  await copyRows(db, selectWhole(jobIds, keys, minStep, maxStep), curveColumns, (row) => {
    curves.push(readCurve({ ...row, jobId: row.jobId.toString(), key: row.key.toString() }));
  });
  return curves;
}

/** As {@link readWhole}, with what a transaction has written. */
export async function readWholeWithin(
  tx: Prisma.TransactionClient,
  jobId: string,
  keys: readonly string[],
): Promise<CurveRow[]> {
  return (await tx.$queryRaw<SentCurve[]>(selectWhole([jobId], keys))).map(readCurve);
}

/** {@link curveColumns} of each, joined from its chunks by Postgres: one row a curve, where chunks would be a hundred. */
function selectWhole(
  jobIds: readonly string[],
  keys: readonly string[],
  minStep = Number.NEGATIVE_INFINITY,
  maxStep = Number.POSITIVE_INFINITY,
): Prisma.Sql {
  const elements = (column: Prisma.Sql) => Prisma.sql`
    string_agg(substr(array_send(${column}), ${headBytes + 1}::int), ''::bytea ORDER BY first_step)`;
  return Prisma.sql`
    SELECT job_id::text AS "jobId", key, ${elements(Prisma.sql`steps`)} AS steps,
      ${elements(Prisma.sql`values`)} AS values, ${elements(Prisma.sql`wall_times`)} AS "wallTimes"
    FROM curve_chunk
    WHERE job_id = ANY(${[...jobIds]}::uuid[])
      AND key = ANY(${[...keys]}::text[])
      ${Number.isFinite(minStep) ? Prisma.sql`AND last_step >= ${minStep}` : Prisma.empty}
      ${Number.isFinite(maxStep) ? Prisma.sql`AND first_step <= ${maxStep}` : Prisma.empty}
    GROUP BY job_id, key`;
}

function readCurve({ jobId, key, steps, values, wallTimes }: SentCurve): CurveRow {
  return {
    jobId,
    key,
    steps: readIntElements(steps),
    values: readFloatElements(values),
    wallTimes: readFloatElements(wallTimes),
  };
}

/** Name of a curve among those of several jobs. */
export function curveName(jobId: string, key: string): string {
  return `${jobId} ${key}`;
}
