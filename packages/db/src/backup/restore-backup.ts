import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DomainError } from '@blockwise/contracts';
import pg, { type ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { openDatabase } from '../database.ts';
import { applyMigrations, migrate, migrationNames } from '../migrate.ts';
import { openQueue } from '../queue.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { queueAgain } from './queue-again.ts';
import { copied, tablesOf } from './tables.ts';

export interface RestoreOptions {
  /** Of the backup. */
  readonly folder: string;
  /** Copies a file of the backups to where the platform keeps its own. */
  readonly bringArtifact: (artifact: { sha256: string; bytes: number }) => Promise<void>;
  readonly onProgress?: (text: string) => void;
}

export interface RestoreReport {
  readonly madeAt: string;
  readonly rows: number;
  readonly artifacts: number;
  /** Jobs that were waiting or under way, and wait again. */
  readonly jobs: number;
}

/**
 * Brings a backup into an empty database, and whatever was waiting or under way into its queue: trainers
 * go on from the last checkpoints. Nothing is there, or all of it. A backup of an earlier version is brought
 * up to date.
 *
 * @throws DomainError CONFLICT when the database has tables already; BAD_INPUT when the backup is not
 *   whole, was altered, or is of a later version
 */
export async function restoreBackup(url: string, options: RestoreOptions): Promise<RestoreReport> {
  const { folder, bringArtifact, onProgress = () => {} } = options;
  const manifest = await readManifest(folder);
  await checkVersion(manifest);
  await checkFiles(folder, manifest);
  const client = new pg.Client({ connectionString: url, application_name: 'blockwise restore' });
  await client.connect();
  try {
    await checkEmpty(client);
    // Files first: a row that names one may be read at once.
    for (const [i, artifact] of manifest.artifacts.entries()) {
      if (i % 100 === 0) onProgress(`artifact ${i + 1} of ${manifest.artifacts.length}`);
      await bringArtifact(artifact);
    }
    await applyMigrations(url, manifest.migrations);
    await client.query('BEGIN');
    // What triggers and foreign keys would say of the rows was said when they were written.
    await client.query("SET LOCAL session_replication_role = 'replica'");
    for (const { name } of await tablesOf(client)) {
      // Migrations insert rows of their own.
      await client.query(`TRUNCATE ${copied({ name, columns: [] }).table} CASCADE`);
    }
    for (const table of manifest.tables) {
      onProgress(`table ${table.name}`);
      await readTable(client, table, folder);
    }
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
  await migrate(url);
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const { madeAt, artifacts } = manifest;
  return { madeAt, rows, artifacts: artifacts.length, jobs: await waitAgain(url) };
}

async function checkVersion({ migrations }: Manifest): Promise<void> {
  const known = new Set(await migrationNames());
  const unknown = migrations.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new DomainError(
      'BAD_INPUT',
      `The backup is of a later version: this one does not know the migration ${unknown}.`,
    );
  }
}

async function checkFiles(folder: string, { tables }: Manifest): Promise<void> {
  for (const { name, sha256 } of tables) {
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(fileOf(folder, name)), hash);
    } catch (error) {
      throw new DomainError('BAD_INPUT', `The backup lacks the table ${name}.`, { cause: error });
    }
    if (hash.digest('hex') !== sha256) {
      throw new DomainError('BAD_INPUT', `The table ${name} of the backup was altered.`);
    }
  }
}

async function checkEmpty(client: ClientBase): Promise<void> {
  const tables = await tablesOf(client);
  if (tables.length > 0) {
    throw new DomainError(
      'CONFLICT',
      `The database is not empty: it has ${tables.length} tables. A backup is restored into a new one.`,
    );
  }
}

async function readTable(
  client: ClientBase,
  table: Manifest['tables'][number],
  folder: string,
): Promise<void> {
  const { table: name, columns } = copied(table);
  const target = client.query(copyFrom(`COPY ${name} (${columns}) FROM STDIN`));
  await pipeline(createReadStream(fileOf(folder, table.name)), createGunzip(), target);
  if (target.rowCount !== table.rows) {
    const found = `${target.rowCount} of ${table.rows} rows`;
    throw new DomainError('BAD_INPUT', `The table ${table.name} of the backup has ${found}.`);
  }
}

function fileOf(folder: string, table: string): string {
  return path.join(folder, `${table}.copy.gz`);
}

async function waitAgain(url: string): Promise<number> {
  const applicationName = 'blockwise restore';
  const db = await openDatabase({ url, applicationName });
  try {
    const queue = await openQueue(url, { applicationName, supervise: false, onError: raise });
    try {
      return await queueAgain(db, queue);
    } finally {
      await queue.close();
    }
  } finally {
    await db.close();
  }
}

function raise(error: unknown): never {
  throw error;
}
