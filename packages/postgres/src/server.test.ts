import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from './server.ts';

let outer: string;
let folder: string;
const running: PostgresServer[] = [];

beforeEach(async () => {
  outer = await mkdtemp(path.join(tmpdir(), 'blockwise postgres '));
  await chmod(outer, 0o755);
  folder = path.join(outer, 'database');
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.remove();
  await rm(outer, { recursive: true, force: true });
});

async function start(settings: Record<string, string> = {}): Promise<PostgresServer> {
  const server = await startPostgres({
    folder,
    durable: false,
    ownGroup: true,
    logFile: path.join(outer, 'log'),
    settings,
  });
  running.push(server);
  return server;
}

async function query(server: PostgresServer, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

test('a second start finds the rows and the password of the first', async () => {
  const first = await start();
  await query(first, 'CREATE TABLE kept AS SELECT 42 AS value');
  await first.stop();
  const second = await start();
  expect(await query(second, 'SELECT value FROM kept')).toEqual([42]);
  expect(await query(second, 'SHOW server_version_num')).toEqual([expect.stringMatching(/^18/)]);
  expect((await stat(path.join(second.place, 'password'))).mode & 0o777).toBe(0o600);
});

test('starts again over a server that lost its starter and still runs', async () => {
  const first = await start();
  await query(first, 'CREATE TABLE kept AS SELECT 7 AS value');
  const second = await start();
  await first.ended;
  expect(await query(second, 'SELECT value FROM kept')).toEqual([7]);
});

test('starts again over the lock of a killed server, also when its number is taken', async () => {
  const first = await start();
  const lock = path.join(first.place, 'data', 'postmaster.pid');
  const text = await readFile(lock, 'utf8');
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  await writeFile(lock, text.replace(/^\d+/, String(process.pid)));
  const second = await start();
  expect(await query(second, 'SELECT 1')).toEqual([1]);
});

test('works below a folder that only its owner may enter', async () => {
  await chmod(outer, 0o700);
  const first = await start();
  await query(first, 'CREATE TABLE kept AS SELECT 3 AS value');
  await first.stop();
  const second = await start();
  expect(second.place).toBe(first.place);
  expect(await query(second, 'SELECT value FROM kept')).toEqual([3]);
});

test('stop leaves no process behind', async () => {
  const server = await start();
  await server.stop();
  // Signal 0 to the group: it is delivered as long as one process of it is left.
  expect(() => process.kill(-server.pid, 0)).toThrow('ESRCH');
});

test('takes more settings, and has the library that counts queries', async () => {
  const server = await start({ shared_preload_libraries: 'pg_stat_statements' });
  await query(server, 'CREATE EXTENSION pg_stat_statements');
  await query(server, 'SELECT 1 AS counted');
  expect(
    await query(server, "SELECT calls FROM pg_stat_statements WHERE query LIKE '%AS counted'"),
  ).toEqual(['1']);
});
