import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { applyMigrations, migrationNames } from './migrate.ts';
import { proveMigrated } from './prove-migrated.ts';
import { createEmptyDatabase, type TestDatabase } from './testing/index.ts';

const command = fileURLToPath(new URL('../scripts/migrate.ts', import.meta.url));

/** `npm run migrate` once everything is set up. */
function runMigrate(url: string) {
  return spawnSync(process.execPath, [command], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: url },
  });
}

let database: TestDatabase;
let db: Database;
beforeEach(async () => {
  database = await createEmptyDatabase();
  db = await openDatabase({ url: database.url, applicationName: 'blockwise test' });
});
afterEach(async () => {
  await db.close();
  await database.drop();
});

test('an empty database, a half migrated one, and one of a later version', async () => {
  await expect(proveMigrated(db)).rejects.toThrow(
    'The database was never migrated. `npm run migrate` brings it up to date.',
  );

  const names = await migrationNames();
  await applyMigrations(database.url, names.slice(0, 1));
  await expect(proveMigrated(db)).rejects.toThrow(
    `lacks ${names.length - 1} of the ${names.length} migrations of this version, the first is ${names[1]}.`,
  );

  const { status, stdout } = runMigrate(database.url);
  expect(status).toBe(0);
  expect(stdout).toBe(
    [...names.slice(1).map((name) => `applied ${name}`), 'The database is up to date.', ''].join(
      '\n',
    ),
  );
  await proveMigrated(db);
  await db.prisma.$executeRaw`
    INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
    VALUES ('later', '', '29991231000000_later', now(), 1)`;
  await proveMigrated(db);
});

test('the command tells a wrong address from a database that refuses', () => {
  expect(runMigrate('')).toMatchObject({
    status: 2,
    stderr: 'The database cannot be migrated. DATABASE_URL is not set.\n',
  });
  const elsewhere = new URL(database.url);
  elsewhere.pathname = '/no_such_database';
  const { status, stderr } = runMigrate(elsewhere.href);
  expect(status).toBe(1);
  expect(stderr).toContain('"no_such_database" does not exist');
});
