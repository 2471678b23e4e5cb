import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@blockwise/postgres';

/** A throw-away Postgres server. */
export interface TestServer {
  /** Of a database to connect to while others are made, as superuser. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a Postgres server on a free loopback port, its files in a temporary folder that `stop`
 * removes. Durability is off: nothing in it outlives a test.
 */
export async function startTestServer(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'blockwise-postgres-'));
  // Postgres refuses to run as root and then runs as a user of its own, which has to pass through.
  await chmod(folder, 0o755);
  try {
    const server = await startPostgres({
      folder: join(folder, 'database'),
      durable: false,
      ownGroup: false,
      maxConnections: 300,
    });
    return {
      url: server.url,
      async stop() {
        await server.remove();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
