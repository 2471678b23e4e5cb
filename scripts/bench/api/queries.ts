import type { Database } from '../../../packages/db/src/index.ts';
import type { QueryReport } from './report.ts';

/** Forgets what the server counted so far. */
export async function forgetQueries({ prisma }: Database): Promise<void> {
  await prisma.$queryRaw`SELECT pg_stat_statements_reset()::text`;
}

/** The statements that took the most time altogether, by all processes. */
export async function slowestQueries({ prisma }: Database, count = 5): Promise<QueryReport[]> {
  // A copy has its parameters in its text: lists of texts are left out, so that it is one statement.
  const rows = await prisma.$queryRaw<QueryReport[]>`
    SELECT regexp_replace(query, 'ARRAY\\[''.*?''\\]', 'ARRAY[…]', 'g') AS query,
      sum(calls)::float8 AS calls, sum(total_exec_time) / sum(calls) AS "meanMs",
      sum(total_exec_time) AS "totalMs"
    FROM pg_stat_statements GROUP BY 1 ORDER BY "totalMs" DESC LIMIT ${count}`;
  return rows.map(({ query, ...times }) => ({ ...times, query: shorten(query) }));
}

/** One line, without the names of tables before those of columns. */
export function shorten(query: string, length = 160): string {
  const line = query
    .replaceAll(/"(\w+)"\./g, '')
    .replaceAll('"', '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
