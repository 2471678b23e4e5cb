import { type Database, openDatabase, openQueue, type Queue, watchLostJobs } from '@blockwise/db';
import type { ApiEnv } from './env.ts';
import { type EventHub, openEventHub } from './events/hub.ts';
import type { Log } from './log.ts';

/** What the process holds open besides its port. */
export interface Resources {
  readonly database: Database;
  readonly queue: Queue;
  readonly hub: EventHub;
  close(): Promise<void>;
}

/**
 * Opens database, queue and event listener; all or none.
 *
 * @throws Error with one clear line when the database cannot be used
 */
export async function openResources(env: Omit<ApiEnv, 'logLevel'>, log: Log): Promise<Resources> {
  const opened: { close(): Promise<void> }[] = [];
  const keep = <Resource extends { close(): Promise<void> }>(resource: Resource): Resource => {
    opened.push(resource);
    return resource;
  };
  const close = async (): Promise<void> => {
    for (const resource of opened.splice(0).reverse()) {
      await resource.close();
    }
  };
  try {
    const database = keep(
      await openDatabase({
        url: env.databaseUrl,
        applicationName: 'blockwise api',
        poolSize: env.databasePoolSize,
      }),
    );
    const queue = keep(
      await openQueue(env.databaseUrl, {
        applicationName: 'blockwise api queue',
        heartbeatSeconds: env.heartbeatSeconds,
        expireSeconds: env.expireSeconds,
        monitorSeconds: env.monitorSeconds,
        onError: (error) => log.error({ err: error }, 'queue'),
      }),
    );
    const hub = keep(
      await openEventHub(database, env.databaseUrl, (error) => log.warn({ err: error }, 'events')),
    );
    keep(
      watchLostJobs(database, queue, {
        everySeconds: env.monitorSeconds,
        onError: (error) => log.error({ err: error }, 'lost jobs'),
      }),
    );
    return { database, queue, hub, close };
  } catch (error) {
    await close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The database at ${shownUrl(env.databaseUrl)} cannot be used: ${reason}`, {
      cause: error,
    });
  }
}

/** A connection string without its password. */
function shownUrl(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
