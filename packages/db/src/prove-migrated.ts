import type { Database } from './database.ts';
import { migrationNames } from './migrate.ts';

/**
 * Resolves when the database has every migration that this version brings. Ones that it does not know
 * are those of a later version, which processes of this one may outlive while they are replaced.
 *
 * @throws Error with one line that says what is missing and how to bring it
 */
export async function proveMigrated({ prisma }: Pick<Database, 'prisma'>): Promise<void> {
  const wanted = await migrationNames();
  const missing = new Set(wanted);
  for (const name of await appliedMigrations(prisma)) missing.delete(name);
  const [first] = missing;
  if (first === undefined) return;
  const lack =
    missing.size === wanted.length
      ? 'The database was never migrated.'
      : `The database lacks ${missing.size} of the ${wanted.length} migrations of this version, the first is ${first}.`;
  throw new Error(`${lack} \`npm run migrate\` brings it up to date.`);
}

/** Names of those that were applied to their end. */
async function appliedMigrations(prisma: Database['prisma']): Promise<string[]> {
  const [history] = await prisma.$queryRaw<{ exists: boolean }[]>`
    SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`;
  if (!history?.exists) return [];
  const rows = await prisma.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL`;
  return rows.map(({ name }) => name);
}
