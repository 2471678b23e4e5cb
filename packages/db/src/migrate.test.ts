import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { withSchemaEngine } from './schema-engine.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

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
    'SELECT migration_name, finished_at IS NOT NULL AS done FROM _prisma_migrations',
  );
  expect(rows).toEqual([{ migration_name: '20261123000000_first', done: true }]);
});

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
