import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../migrate.ts';

/** Where tests find the server that the whole run shares. */
export const testServerVariable = 'BLOCKWISE_TEST_DATABASE_URL';
/** Which database there is copied for each test file. */
export const templateVariable = 'BLOCKWISE_TEST_TEMPLATE';

/** A database of one test file. */
export interface TestDatabase {
  readonly url: string;
  /** Drops it, whoever is still connected. */
  drop(): Promise<void>;
}

/** Makes the migrated database that the others are copied from, and tells them its name. */
export async function createTemplate(serverUrl: string): Promise<TestDatabase> {
  const name = `blockwise_template_${randomUUID().slice(0, 8)}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  await migrate(databaseUrl(serverUrl, name));
  process.env[testServerVariable] = serverUrl;
  process.env[templateVariable] = name;
  return { url: databaseUrl(serverUrl, name), drop: () => dropDatabase(serverUrl, name) };
}

/** A fresh, migrated database on the server that the global setup started. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return copyDatabase(fromSetup(templateVariable));
}

/** As {@link createTestDatabase}, without a table: for tests of migrations. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return copyDatabase('template0');
}

async function copyDatabase(template: string): Promise<TestDatabase> {
  const serverUrl = fromSetup(testServerVariable);
  const name = `blockwise_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return { url: databaseUrl(serverUrl, name), drop: () => dropDatabase(serverUrl, name) };
}

function fromSetup(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) {
    throw new Error("vitest's globalSetup did not run packages/db/src/testing/global-setup.ts");
  }
  return value;
}

function dropDatabase(serverUrl: string, name: string): Promise<void> {
  return onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
