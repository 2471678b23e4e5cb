import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { silentSocket } from './silent-socket.ts';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';
import { isUnavailable } from './unavailable.ts';

let database: TestDatabase;
let db: Database;
const applicationName = 'unavailable test';

beforeAll(async () => {
  database = await createTestDatabase();
  db = await openDatabase({ url: database.url, applicationName, statementTimeoutSeconds: 1 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** Ends all connections of the database under test, as its server does when it goes. */
async function endConnections(): Promise<void> {
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  await other.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
    [applicationName],
  );
  await other.end();
}

const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe('a database that is away', () => {
  it('is told from one that refuses: nobody listens', async () => {
    const nowhere = openDatabase({ url: 'postgresql://a:b@127.0.0.1:1/c', applicationName });
    expect(isUnavailable(await errorOf(nowhere))).toBe(true);
  });

  it('in the middle of a statement', async () => {
    const asked = errorOf(db.prisma.$queryRaw`SELECT pg_sleep(0.9)::text`);
    await pause(200);
    await endConnections();
    expect(isUnavailable(await asked)).toBe(true);
  });

  it('in the middle of a transaction', async () => {
    const asked = errorOf(
      db.prisma.$transaction(async (tx) => {
        await tx.team.count();
        await endConnections();
        await tx.team.count();
      }),
    );
    expect(isUnavailable(await asked)).toBe(true);
  });

  it('without a word: the network has forgotten the connection', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const client = new pg.Client({
      ...{ host: '127.0.0.1', user: 'a', password: 'b', database: 'c' },
      port: typeof address === 'object' && address !== null ? address.port : 0,
      stream: silentSocket(0.2),
    });
    client.on('error', () => {});
    expect(isUnavailable(await errorOf(client.connect()))).toBe(true);
    silent.close();
  });

  it('and then answers again', async () => {
    await endConnections();
    await errorOf(db.prisma.team.count());
    expect(await db.prisma.team.count()).toBe(1);
  });
});

describe('a database that is there', () => {
  it.each([
    ['refuses a row', () => db.prisma.team.create({ data: { name: 'local' } })],
    ['ends a statement', () => db.prisma.$queryRaw`SELECT pg_sleep(5)::text`],
    ['does not understand', () => db.prisma.$queryRaw`SELECT nothing FROM nowhere`],
  ])('%s', async (_, work) => {
    const error = await errorOf(work());
    expect(error).not.toBeNull();
    expect(isUnavailable(error)).toBe(false);
  });
});
