import { migrate } from '../src/migrate.ts';

/**
 * `npm run migrate`: brings the database that DATABASE_URL names up to date, and says what it did. Status
 * 2 for a variable that is missing or wrong, 1 for a database that cannot be reached or refuses.
 */
const url = process.env.DATABASE_URL ?? '';

if (!/^postgres(ql)?:\/\//.test(url)) {
  const wrong = url === '' ? 'is not set' : 'is not an address postgresql://…';
  process.stderr.write(`The database cannot be migrated. DATABASE_URL ${wrong}.\n`);
  process.exit(2);
}
try {
  const { applied } = await migrate(url);
  for (const name of applied) process.stdout.write(`applied ${name}\n`);
  process.stdout.write('The database is up to date.\n');
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The database cannot be migrated. ${reason}\n`);
  process.exitCode = 1;
}
