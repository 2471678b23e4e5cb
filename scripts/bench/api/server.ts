import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import {
  createToken,
  type Database,
  ensureOwner,
  migrate,
  openDatabase,
  openQueue,
  type Queue,
} from '../../../packages/db/src/index.ts';
import { type PostgresServer, startPostgres } from '../../../packages/postgres/src/index.ts';

/** Limits that would stop one client that asks as fast as it can. */
export const raisedLimits = {
  COST_PER_MINUTE: '1000000000',
  REQUESTS_PER_MINUTE: '1000000',
} as const;

/** A throw-away database that counts its queries, with nothing in it but tables. */
export interface BenchPlatform {
  readonly url: string;
  readonly db: Database;
  readonly queue: Queue;
  close(): Promise<void>;
}

export async function openPlatform(): Promise<BenchPlatform> {
  const folder = await mkdtemp(path.join(tmpdir(), 'blockwise-bench-'));
  const opened: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const end of opened.reverse()) await end();
  };
  try {
    const server: PostgresServer = await startPostgres({
      folder: path.join(folder, 'database'),
      // As a search's own database: commits reach the disk.
      durable: true,
      ownGroup: false,
      settings: { shared_preload_libraries: 'pg_stat_statements' },
    });
    opened.push(() => server.remove());
    const { url } = server;
    await migrate(url);
    const db = await openDatabase({ url, applicationName: 'bench' });
    opened.push(() => db.close());
    await db.prisma.$executeRawUnsafe('CREATE EXTENSION pg_stat_statements');
    const queue = await openQueue(url, { supervise: false, onError: console.error });
    opened.push(() => queue.close());
    return { url, db, queue, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The API as a process of its own, as it runs in earnest. */
export interface BenchApi {
  /** Of its GraphQL endpoint. */
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

/** @param env variables beside those that every bench needs */
export async function startApi(
  root: string,
  { db, url }: BenchPlatform,
  env: Readonly<Record<string, string>> = {},
): Promise<BenchApi> {
  const { owner } = await ensureOwner(db);
  const { secret } = await createToken(db, {
    ...{ userId: owner.id, teamId: null, name: 'bench', scopes: ['READ', 'WRITE', 'ADMIN'] },
    expiresAt: new Date(Date.now() + 24 * 3_600_000),
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'blockwise-bench-state-'));
  const child = spawn(process.execPath, [path.join(root, 'apps/api/src/main.ts')], {
    env: {
      ...process.env,
      ...raisedLimits,
      ...{ DATABASE_URL: url, STATE_FOLDER: folder, PORT: '0', HOST: '127.0.0.1' },
      ...{ API_SECRET: randomBytes(32).toString('hex'), LOG_LEVEL: 'info' },
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const close = async () => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { url: await listening(child), token: secret, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The address that the API's log names. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The API ended with ${code}.`)));
    if (child.stdout === null) return;
    // Read to the end: a full pipe would stop the API.
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { msg, url } = JSON.parse(line);
      if (msg === 'listening') resolve(url);
    });
  });
}
