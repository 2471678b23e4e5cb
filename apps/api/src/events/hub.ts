import { type Database, type EventRow, listenForEvents, readEvents } from '@blockwise/db';

/** Waits for news of one search. */
export interface Watcher {
  /** Resolves on news since the last wait, when `milliseconds` have passed, or when closed. */
  wait(milliseconds: number): Promise<void>;
  readonly closed: boolean;
  close(): void;
}

export interface EventHub {
  watch(searchId: string): Watcher;
  /** Events after a cursor, oldest first. Watchers that stand at the same cursor share one query. */
  read(searchId: string, after: number, limit: number): Promise<readonly EventRow[]>;
  /** Watchers that are open, for tests and the log. */
  readonly watcherCount: number;
  /** Closes the listening connection and wakes every watcher, closed. */
  close(): Promise<void>;
}

/** Watchers of one search, and the reads that are under way for them. */
interface Channel {
  readonly watchers: Set<SearchWatcher>;
  readonly reads: Map<string, Promise<readonly EventRow[]>>;
}

/** One listening connection of a process, fanned out by search. */
export async function openEventHub(
  database: Database,
  databaseUrl: string,
  onError: (error: unknown) => void,
): Promise<EventHub> {
  const channels = new Map<string, Channel>();
  const wake = (channel: Channel): void => {
    // A read that began before this notice may lack its events: nobody joins it any more.
    channel.reads.clear();
    for (const watcher of channel.watchers) {
      watcher.wake();
    }
  };
  const listener = await listenForEvents(
    databaseUrl,
    ({ searchId }) => {
      const channel = channels.get(searchId);
      if (channel !== undefined) {
        wake(channel);
      }
    },
    { onReconnect: () => [...channels.values()].forEach(wake), onError },
  );
  const allWatchers = () => [...channels.values()].flatMap(({ watchers }) => [...watchers]);
  return {
    watch(searchId) {
      const channel = channels.get(searchId) ?? { watchers: new Set(), reads: new Map() };
      channels.set(searchId, channel);
      const watcher = new SearchWatcher(() => {
        channel.watchers.delete(watcher);
        if (channel.watchers.size === 0 && channels.get(searchId) === channel) {
          channels.delete(searchId);
        }
      });
      channel.watchers.add(watcher);
      return watcher;
    },
    read(searchId, after, limit) {
      const reads = channels.get(searchId)?.reads;
      const key = `${after}/${limit}`;
      const running = reads?.get(key);
      if (running !== undefined) {
        return running;
      }
      const read = readEvents(database, searchId, after, limit).finally(() => {
        if (reads?.get(key) === read) {
          reads.delete(key);
        }
      });
      reads?.set(key, read);
      return read;
    },
    get watcherCount() {
      return allWatchers().length;
    },
    async close() {
      for (const watcher of allWatchers()) {
        watcher.close();
      }
      await listener.close();
    },
  };
}

class SearchWatcher implements Watcher {
  #news = false;
  #closed = false;
  #resolve: (() => void) | undefined;
  readonly #onClose: () => void;

  constructor(onClose: () => void) {
    this.#onClose = onClose;
  }

  get closed(): boolean {
    return this.#closed;
  }

  wake(): void {
    this.#news = true;
    this.#resolve?.();
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#news && !this.#closed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#resolve = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#resolve = undefined;
    }
    this.#news = false;
  }

  close(): void {
    if (!this.#closed) {
      this.#closed = true;
      this.#onClose();
      this.#resolve?.();
    }
  }
}
