import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg, { type ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type Manifest, manifestFile } from './manifest.ts';
import { copied, type Table, tablesOf } from './tables.ts';

export interface BackupOptions {
  /** A new folder; it is there when the backup is whole. */
  readonly folder: string;
  /** Copies a stored file to where backups keep theirs; answers whether it was there. */
  readonly keepArtifact: (artifact: { sha256: string; bytes: number }) => Promise<boolean>;
  readonly onProgress?: (text: string) => void;
}

export interface BackupReport {
  readonly rows: number;
  readonly artifacts: number;
  /** Checkpoints that were superseded, and removed, while the backup was made: nobody needs them. */
  readonly gone: readonly string[];
}

/**
 * Writes everything that the platform knows, as it was at one moment, while it goes on working: all rows,
 * by one snapshot, and all files that they name.
 *
 * @throws Error when a file that is no checkpoint is not there
 */
export async function writeBackup(url: string, options: BackupOptions): Promise<BackupReport> {
  const { folder, keepArtifact, onProgress = () => {} } = options;
  const client = new pg.Client({ connectionString: url, application_name: 'blockwise backup' });
  await client.connect();
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  try {
    // All tables at one moment; whoever writes is not held up.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const migrations = await appliedMigrations(client);
    const artifacts = await artifactsOf(client);
    const tables: Manifest['tables'] = [];
    for (const table of await tablesOf(client)) {
      onProgress(`table ${table.name}`);
      const { rows, sha256 } = await writeTable(client, table, part);
      tables.push({ name: table.name, columns: [...table.columns], rows, sha256 });
    }
    const madeAt = new Date().toISOString();
    const kept: Manifest['artifacts'] = [];
    const gone: string[] = [];
    for (const [i, { kind, ...artifact }] of artifacts.entries()) {
      if (i % 100 === 0) onProgress(`artifact ${i + 1} of ${artifacts.length}`);
      if (await keepArtifact(artifact)) kept.push(artifact);
      else if (kind === 'checkpoint') gone.push(artifact.sha256);
      else throw new Error(`The ${kind} ${artifact.sha256} is not stored; nothing was backed up.`);
    }
    const manifest: Manifest = {
      ...{ format: 'blockwise backup 1', madeAt, migrations, tables, artifacts: kept },
    };
    await writeDurably(path.join(part, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
    await rename(part, folder);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    return { rows, artifacts: kept.length, gone };
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function appliedMigrations(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows.map(({ name }) => name);
}

async function artifactsOf(
  client: ClientBase,
): Promise<{ sha256: string; bytes: number; kind: string }[]> {
  const { rows } = await client.query<{ sha256: string; bytes: string; kind: string }>(
    'SELECT sha256, bytes::text AS bytes, kind FROM artifact ORDER BY sha256',
  );
  return rows.map(({ sha256, bytes, kind }) => ({ sha256, kind, bytes: Number(bytes) }));
}

async function writeTable(
  client: ClientBase,
  table: Table,
  folder: string,
): Promise<{ rows: number; sha256: string }> {
  const { table: name, columns } = copied(table);
  // SELECT: of a partitioned table COPY itself would take nothing.
  const source = client.query(copyTo(`COPY (SELECT ${columns} FROM ${name}) TO STDOUT`));
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(piece, _, done) {
      hash.update(piece);
      done(null, piece);
    },
  });
  const file = createWriteStream(path.join(folder, `${table.name}.copy.gz`), { flush: true });
  await pipeline(source, createGzip(), hashed, file);
  return { rows: source.rowCount, sha256: hash.digest('hex') };
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
