import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { prepareQueues } from './queue.ts';
import { withSchemaEngine } from './schema-engine.ts';

const prismaFolder = new URL('../../../prisma/', import.meta.url);
const migrations = new URL('migrations/', prismaFolder);
/** Any number of our own: processes that start together migrate one after the other. */
const lockKey = 7_106_240_311;

/**
 * Brings an existing database up to date: the project's migrations, written down as
 * `prisma migrate deploy` does, so that either tool continues the other's history, and the tables
 * and queues of the job queue. Repeating it changes nothing.
 */
export async function migrate(url: string): Promise<{ applied: string[] }> {
  const lock = new pg.Client({ connectionString: url, application_name: 'blockwise migrate' });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)::text', [lockKey]);
    const applied = await applyMigrations(url, await migrationNames());
    await prepareQueues(url);
    return { applied };
  } finally {
    // Hanging up releases the lock.
    await lock.end();
  }
}

/** Every migration of the project, oldest first. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrations, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.sort();
}

/** Applies those of `names` that the database does not have yet; answers which they were. */
export async function applyMigrations(url: string, names: readonly string[]): Promise<string[]> {
  const schema = await readFile(new URL('schema.prisma', prismaFolder), 'utf8');
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(new URL(`${name}/migration.sql`, migrations), 'utf8'),
        },
      },
    })),
  );
  const lockfile = {
    path: 'migration_lock.toml',
    content: await readFile(new URL('migration_lock.toml', migrations), 'utf8'),
  };
  return withSchemaEngine(url, schema, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: {
        baseDir: fileURLToPath(migrations),
        lockfile,
        shadowDbInitScript: '',
        migrationDirectories,
      },
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  });
}
