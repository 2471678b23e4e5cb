import {
  type Database,
  type EventListener,
  type EventRow,
  type LeaderboardEventRow,
  type ListenOptions,
  listenForEvents,
  listenForLeaderboards,
  readEvents,
  readLeaderboardEvents,
} from '@blockwise/db';

/** Waits for news of one subject: a search, a leaderboard. */
export interface Watcher {
  /** Resolves on news since the last wait, when `milliseconds` have passed, or when closed. */
  wait(milliseconds: number): Promise<void>;
  readonly closed: boolean;
  close(): void;
}

/** Events of many subjects, each in the order of its cursors. */
export interface Hub<Row> {
  watch(subjectId: string): Watcher;
  /** Events after a cursor, oldest first. Watchers that stand at the same cursor share one query. */
  read(subjectId: string, after: number, limit: number): Promise<readonly Row[]>;
  /** Watchers that are open, for tests and the log. */
  readonly watcherCount: number;
  /** Closes the listening connection and wakes every watcher, closed. */
  close(): Promise<void>;
}

/** Events of searches. */
export type EventHub = Hub<EventRow>;
/** Events of leaderboards. */
export type LeaderboardHub = Hub<LeaderboardEventRow>;

export function openEventHub(
  database: Database,
  databaseUrl: string,
  onError: (error: unknown) => void,
): Promise<EventHub> {
  return openHub({
    listen: (onNews, options) =>
      listenForEvents(databaseUrl, ({ searchId }) => onNews(searchId), options),
    read: (searchId, after, limit) => readEvents(database, searchId, after, limit),
    onError,
  });
}

export function openLeaderboardHub(
  database: Database,
  databaseUrl: string,
  onError: (error: unknown) => void,
): Promise<LeaderboardHub> {
  return openHub({
    listen: (onNews, options) =>
      listenForLeaderboards(databaseUrl, ({ leaderboardId }) => onNews(leaderboardId), options),
    read: (id, after, limit) => readLeaderboardEvents(database, id, after, limit),
    onError,
  });
}

/** Watchers of one subject, and the reads that are under way for them. */
interface Channel<Row> {
  readonly watchers: Set<SubjectWatcher>;
  readonly reads: Map<string, Promise<readonly Row[]>>;
}

interface HubOptions<Row> {
  listen(onNews: (subjectId: string) => void, options: ListenOptions): Promise<EventListener>;
  read(subjectId: string, after: number, limit: number): Promise<readonly Row[]>;
  onError(error: unknown): void;
}

/** One listening connection of a process, fanned out by subject. */
async function openHub<Row>({
  listen,
  read: readRows,
  onError,
}: HubOptions<Row>): Promise<Hub<Row>> {
  const channels = new Map<string, Channel<Row>>();
  const wake = (channel: Channel<Row>): void => {
    // A read that began before this notice may lack its events: nobody joins it any more.
    channel.reads.clear();
    for (const watcher of channel.watchers) {
      watcher.wake();
    }
  };
  const listener = await listen(
    (subjectId) => {
      const channel = channels.get(subjectId);
      if (channel !== undefined) {
        wake(channel);
      }
    },
    { onReconnect: () => [...channels.values()].forEach(wake), onError },
  );
  const allWatchers = () => [...channels.values()].flatMap(({ watchers }) => [...watchers]);
  return {
    watch(subjectId) {
      const channel = channels.get(subjectId) ?? { watchers: new Set(), reads: new Map() };
      channels.set(subjectId, channel);
      const watcher = new SubjectWatcher(() => {
        channel.watchers.delete(watcher);
        if (channel.watchers.size === 0 && channels.get(subjectId) === channel) {
          channels.delete(subjectId);
        }
      });
      channel.watchers.add(watcher);
      return watcher;
    },
    read(subjectId, after, limit) {
      const reads = channels.get(subjectId)?.reads;
      const key = `${after}/${limit}`;
      const running = reads?.get(key);
      if (running !== undefined) {
        return running;
      }
      const read = readRows(subjectId, after, limit).finally(() => {
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

class SubjectWatcher implements Watcher {
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
