import type { Database } from './database.ts';

/** Points that one process has spent on a key. */
export interface Spending {
  readonly key: string;
  readonly points: number;
}

/** Points that all processes have spent on a key in a minute of the database's clock. */
export interface SharedSpending extends Spending {
  /** Minutes since the Unix epoch. */
  readonly minute: number;
}

/**
 * Adds what a process has spent to what all have spent in the minute of the database's clock, and answers
 * the sums. Sums of earlier minutes are forgotten.
 */
export async function shareSpending(
  { prisma }: Database,
  spent: readonly Spending[],
): Promise<SharedSpending[]> {
  const keys = spent.map(({ key }) => key);
  const points = spent.map(({ points }) => points);
  return prisma.$queryRaw<SharedSpending[]>`
    WITH forgotten AS (
      DELETE FROM rate_spending WHERE minute < now() - interval '2 minutes'
    ), shared AS (
      INSERT INTO rate_spending AS known (key, minute, points)
      SELECT key, date_trunc('minute', now()), sum(points)
      FROM unnest(${keys}::text[], ${points}::bigint[]) AS mine (key, points)
      GROUP BY key ORDER BY key
      ON CONFLICT (key, minute) DO UPDATE SET points = known.points + excluded.points
      RETURNING known.key, known.minute, known.points
    )
    SELECT key, points::float8 AS points,
      (extract(epoch FROM minute) / 60)::float8 AS minute FROM shared`;
}
