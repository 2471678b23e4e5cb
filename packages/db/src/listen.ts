import { setTimeout as sleep } from 'node:timers/promises';
import {
  eventChannel,
  eventNotice,
  leaderboardChannel,
  leaderboardNotice,
  trainerChannel,
} from '@blockwise/contracts';
import pg from 'pg';

export interface EventListener {
  close(): Promise<void>;
}

export interface ListenOptions {
  /** After a lost connection is back: notices were missed, so whoever watches reads once more. */
  readonly onReconnect?: () => void;
  readonly onError: (error: unknown) => void;
}

/** A connection that was cut off without a word is noticed by this regular question. */
const pingSeconds = 15;
const longestPauseSeconds = 10;

/**
 * Listens for new events of all searches on one connection of its own and keeps it alive. A notice
 * says how far a search's cursor has come; the events themselves are read from their table.
 * Resolves when it listens.
 */
export function listenForEvents(
  url: string,
  onNotice: (notice: { searchId: string; cursor: number }) => void,
  options: ListenOptions,
): Promise<EventListener> {
  return listen(url, eventChannel, (notice) => onNotice(eventNotice.parse(notice)), options);
}

/** As {@link listenForEvents}, for the events of all leaderboards. */
export function listenForLeaderboards(
  url: string,
  onNotice: (notice: { leaderboardId: string; cursor: number }) => void,
  options: ListenOptions,
): Promise<EventListener> {
  const read = (notice: unknown) => onNotice(leaderboardNotice.parse(notice));
  return listen(url, leaderboardChannel, read, options);
}

/** As {@link listenForEvents}, for changes of trainers; which of them have changed is read. */
export function listenForTrainers(
  url: string,
  onNotice: () => void,
  options: ListenOptions,
): Promise<EventListener> {
  return listen(url, trainerChannel, onNotice, options);
}

async function listen(
  url: string,
  channel: string,
  onNotice: (notice: unknown) => void,
  options: ListenOptions,
): Promise<EventListener> {
  const closing = new AbortController();
  let client = await connect();
  const kept = keep();

  return {
    async close() {
      closing.abort();
      await hangUp(client);
      await kept;
    },
  };

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'blockwise events',
      keepAlive: true,
      query_timeout: pingSeconds * 1000,
      connectionTimeoutMillis: pingSeconds * 1000,
    });
    next.on('notification', ({ payload }) => {
      try {
        onNotice(JSON.parse(payload ?? ''));
      } catch (error) {
        // Anybody who may connect may notify; what is not ours must not end the process.
        options.onError(error);
      }
    });
    try {
      await next.connect();
      await next.query(`LISTEN ${channel}`);
    } catch (error) {
      await hangUp(next);
      throw error;
    }
    return next;
  }

  async function keep(): Promise<void> {
    let pauseSeconds = 0.1;
    while (!closing.signal.aborted) {
      try {
        await untilLost(client);
        if (closing.signal.aborted) {
          return;
        }
        await hangUp(client);
        await sleep(pauseSeconds * 1000, undefined, { signal: closing.signal });
        client = await connect();
        pauseSeconds = 0.1;
        options.onReconnect?.();
      } catch (error) {
        if (closing.signal.aborted) {
          return;
        }
        options.onError(error);
        pauseSeconds = Math.min(pauseSeconds * 2, longestPauseSeconds);
      }
    }
  }

  /** Resolves when the connection is lost or the listener closes. */
  async function untilLost(current: pg.Client): Promise<void> {
    const lost = new AbortController();
    const end = () => lost.abort();
    current.once('end', end);
    current.on('error', end);
    closing.signal.addEventListener('abort', end);
    try {
      while (!lost.signal.aborted) {
        await current.query('SELECT 1');
        await sleep(pingSeconds * 1000, undefined, { signal: lost.signal });
      }
    } catch (error) {
      if (!closing.signal.aborted && !lost.signal.aborted) {
        options.onError(error);
      }
    } finally {
      closing.signal.removeEventListener('abort', end);
    }
  }
}

/** Ends a connection that may be broken already. */
async function hangUp(client: pg.Client): Promise<void> {
  client.removeAllListeners('error');
  // Broken connections complain once more while they end; they are not needed any longer.
  client.on('error', () => undefined);
  await client.end().catch(() => undefined);
}
