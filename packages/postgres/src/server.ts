import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { serverAccount } from './account.ts';
import { serverBinaries } from './binaries.ts';
import { initialise } from './initialise.ts';
import { settleOrphan } from './orphan.ts';
import { serverPlace } from './place.ts';
import { freePort } from './ports.ts';
import { user } from './user.ts';

export interface PostgresOptions {
  /** Where data and password are kept; a second start finds them again. */
  readonly folder: string;
  /** Gets everything that the server says. */
  readonly logFile?: string;
  /** False for throw-away servers: faster, and a crash of the machine loses data. */
  readonly durable: boolean;
  readonly maxConnections?: number;
  /** More settings of the server, by their names in `postgresql.conf`. */
  readonly settings?: Readonly<Record<string, string>>;
  /**
   * True when the starter stops the server itself: signals of the terminal do not reach it. False when
   * it may end with the group of its starter.
   */
  readonly ownGroup: boolean;
  /** Told the number of the server's process as soon as there is one. */
  readonly onSpawn?: (pid: number) => void;
}

export interface PostgresServer {
  /** Of the database `blockwise`, as its owner and superuser. */
  readonly url: string;
  readonly pid: number;
  /** Where the files really lie: `folder`, unless the server's user cannot enter it. */
  readonly place: string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends connections and stops the server cleanly; its files stay. */
  stop(): Promise<void>;
  /** Stops the server and deletes its files. */
  remove(): Promise<void>;
}

const fastShutdownSeconds = 10;

/**
 * Starts PostgreSQL on a free loopback port.
 *
 * @throws Error with the end of the server's log when it does not start
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const account = await serverAccount();
  const otherUser = account.uid !== undefined;
  const binaries = await serverBinaries(otherUser);
  const place = await serverPlace(path.resolve(options.folder), otherUser);
  const { durable } = options;
  const { data, password } = await initialise(place, { initdb: binaries.initdb, account, durable });
  await settleOrphan(data);

  const port = await freePort();
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: String(options.maxConnections ?? 100),
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...options.settings,
  };
  const child = spawn(
    binaries.postgres,
    [
      ...['-D', data, '-p', String(port)],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      ...account,
      cwd: path.parse(place).root,
      env: { ...process.env, LC_ALL: 'C' },
      detached: options.ownGroup && process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  if (child.pid !== undefined) options.onSpawn?.(child.pid);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await untilReady(child, options.logFile);

  const address = `postgresql://${user}:${password}@127.0.0.1:${port}`;
  await ensureDatabase(address);
  const stop = async () => {
    child.kill('SIGINT');
    const late = setTimeout(() => child.kill('SIGQUIT'), fastShutdownSeconds * 1000);
    await ended;
    clearTimeout(late);
  };
  return {
    url: `${address}/${user}`,
    pid: child.pid ?? 0,
    place,
    ended,
    stop,
    async remove() {
      await stop();
      await rm(place, { recursive: true, force: true });
      await rm(options.folder, { recursive: true, force: true });
    },
  };
}

/** Resolves at the server's word that it takes connections. */
function untilReady(child: ChildProcess, logFile: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const file = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' });
    let start = '';
    let ready = false;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      file?.write(text);
      if (ready) return;
      start += text;
      if (!start.includes('ready to accept connections')) return;
      ready = true;
      start = '';
      resolve();
    });
    child.once('error', reject);
    child.once('close', () => {
      file?.end();
      if (!ready) reject(new Error(`PostgreSQL did not start:\n${start.trimEnd()}`));
    });
  });
}

/** A fresh cluster has only the maintenance database. */
async function ensureDatabase(address: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${address}/postgres` });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [user]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${user}`);
  } finally {
    await client.end();
  }
}
