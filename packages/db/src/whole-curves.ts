import { headBytes, readFloatElements, readIntElements } from './binary-array.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { CurveColumns } from './sample-curve.ts';

export interface CurveRow extends CurveColumns {
  readonly jobId: string;
  readonly key: string;
}

interface SentCurve {
  readonly jobId: string;
  readonly key: string;
  readonly steps: Uint8Array;
  readonly values: Uint8Array;
  readonly wallTimes: Uint8Array;
}

/**
 * Curves of jobs, each joined from its chunks by Postgres: one row a curve, where chunks would be a
 * hundred. The first and last chunk may reach beyond the steps asked for.
 */
export async function readWhole(
  db: Pick<Database, 'prisma'> | { readonly prisma: Prisma.TransactionClient },
  jobIds: readonly string[],
  keys: readonly string[] | null,
  minStep = Number.NEGATIVE_INFINITY,
  maxStep = Number.POSITIVE_INFINITY,
): Promise<CurveRow[]> {
  const elements = (column: Prisma.Sql) => Prisma.sql`
    string_agg(substr(array_send(${column}), ${headBytes + 1}::int), ''::bytea ORDER BY first_step)`;
  const rows = await db.prisma.$queryRaw<SentCurve[]>`
    SELECT job_id::text AS "jobId", key, ${elements(Prisma.sql`steps`)} AS steps,
      ${elements(Prisma.sql`values`)} AS values, ${elements(Prisma.sql`wall_times`)} AS "wallTimes"
    FROM curve_chunk
    WHERE job_id = ANY(${[...jobIds]}::uuid[])
      ${keys === null ? Prisma.empty : Prisma.sql`AND key = ANY(${[...keys]})`}
      ${Number.isFinite(minStep) ? Prisma.sql`AND last_step >= ${minStep}` : Prisma.empty}
      ${Number.isFinite(maxStep) ? Prisma.sql`AND first_step <= ${maxStep}` : Prisma.empty}
    GROUP BY job_id, key`;
  return rows.map(({ jobId, key, steps, values, wallTimes }) => ({
    jobId,
    key,
    steps: readIntElements(steps),
    values: readFloatElements(values),
    wallTimes: readFloatElements(wallTimes),
  }));
}

/** Name of a curve among those of several jobs. */
export function curveName(jobId: string, key: string): string {
  return `${jobId} ${key}`;
}
