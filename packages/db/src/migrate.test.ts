import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, migrationNames } from './migrate.ts';
import { withSchemaEngine } from './schema-engine.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

const migrations = await migrationNames();
const migrationsFolder = new URL('../../../prisma/migrations/', import.meta.url);

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test('migrating again, and by several at once, changes nothing', async () => {
  const results = await Promise.all([migrate(database.url), migrate(database.url)]);
  expect(results).toEqual([{ applied: [] }, { applied: [] }]);
  const { rows } = await client.query(
    'SELECT migration_name AS name, finished_at IS NOT NULL AS done FROM _prisma_migrations ORDER BY 1',
  );
  expect(rows).toEqual(migrations.map((name) => ({ name, done: true })));
});

test('the history is the one that prisma migrate deploy continues', async () => {
  const checksums = await Promise.all(
    migrations.map(async (name) => {
      const file = new URL(`${name}/migration.sql`, migrationsFolder);
      return createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
    }),
  );
  const { rows } = await client.query(
    'SELECT checksum FROM _prisma_migrations ORDER BY migration_name',
  );
  expect(rows).toEqual(checksums.map((checksum) => ({ checksum })));
});

test('the migrations make the tables that the schema describes', async () => {
  const schema = await readFile(new URL('../../../prisma/schema.prisma', import.meta.url), 'utf8');
  const script = await withSchemaEngine(database.url, schema, async (engine) => {
    const diff = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return diff.stdout ?? '';
  });
  const migrated = await describeTables('public');
  await client.query('CREATE SCHEMA described; SET search_path TO described');
  await client.query(script.replaceAll('"public"', '"described"'));
  await client.query('SET search_path TO public');
  const described = await describeTables('described');
  expect(described.length).toBeGreaterThan(100);
  expect(migrated).toEqual(described);
});

/** Columns, indexes and foreign keys of a schema as lines, without partitions and Prisma's history. */
async function describeTables(schema: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `WITH tables AS (
      SELECT oid, relname FROM pg_class
      WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
        AND relname <> '_prisma_migrations'
    )
    SELECT format('%s.%s %s %s %s', relname, attname, format_type(atttypid, atttypmod), attnotnull,
        pg_get_expr(adbin, adrelid)) AS line
      FROM tables JOIN pg_attribute ON attrelid = tables.oid AND attnum > 0 AND NOT attisdropped
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    UNION ALL
    SELECT pg_get_indexdef(indexrelid) FROM tables JOIN pg_index ON indrelid = tables.oid
    UNION ALL
    SELECT format('%s %s %s', relname, conname, pg_get_constraintdef(pg_constraint.oid))
      FROM tables JOIN pg_constraint ON conrelid = tables.oid AND contype IN ('p', 'f')
    ORDER BY line`,
    [schema],
  );
  return rows
    .map(({ line }) =>
      line
        .replaceAll(/ON (ONLY )?(public|described)\./g, 'ON ')
        .replaceAll(/(public|described)\./g, ''),
    )
    .sort();
}

test('curves are spread over the partitions of their table', async () => {
  const { rows } = await client.query(
    "SELECT count(*)::int AS partitions FROM pg_inherits WHERE inhparent = 'curve_chunk'::regclass",
  );
  expect(rows).toEqual([{ partitions: 8 }]);
});

test('a migration that fails leaves nothing behind', async () => {
  const broken = withSchemaEngine(database.url, '', (engine) =>
    engine.dbExecute({
      datasourceType: { tag: 'url', url: database.url },
      script: 'CREATE TABLE half (id int); SELECT no_such_function();',
    }),
  );
  await expect(broken).rejects.toThrow('no_such_function');
  const { rows } = await client.query("SELECT to_regclass('half')::text AS half");
  expect(rows).toEqual([{ half: null }]);
});
