import type { ClientBase } from 'pg';

/** A table with the columns that are kept of it. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The history of migrations is made by applying them. */
const history = '_prisma_migrations';

/**
 * Tables of the platform, by name; a partitioned one is one. Left out are columns that are computed, and
 * numbers of transactions: they mean nothing in another server, and begin anew there. The queue's own
 * tables are no part of it: they are made again from the jobs; nor are unlogged ones.
 */
export async function tablesOf(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relpersistence = 'p'
       AND c.relname <> $1
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       AND a.atttypid NOT IN ('xid8'::regtype, 'pg_snapshot'::regtype)
     GROUP BY c.relname ORDER BY c.relname`,
    [history],
  );
  return rows;
}

/** `"table" ("column", …)`, for COPY. */
export function copied({ name, columns }: Table): { table: string; columns: string } {
  return { table: quoted(name), columns: columns.map(quoted).join(', ') };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
