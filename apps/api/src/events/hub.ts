import {
  type Database,
  type EventListener,
  type EventRow,
  type LeaderboardEventRow,
  type ListenOptions,
  listenForEvents,
  listenForLeaderboards,
  listenForTrainers,
  readEvents,
  readLeaderboardEvents,
  readTrainerChanges,
  type TrainerChanges,
} from '@blockwise/db';

/** Waits for news of one subject: a search, a leaderboard. */
export interface Watcher {
  /** Resolves on news since the last wait, when `milliseconds` have passed, or when closed. */
  wait(milliseconds: number): Promise<void>;
  readonly closed: boolean;
  close(): void;
}

/** News of many subjects. */
interface Hub {
  watch(subjectId: string): Watcher;
  /** Whatever else watchers of a subject ask at the same time: asked once, until there is news. */
  share<Value>(subjectId: string, question: string, ask: () => Promise<Value>): Promise<Value>;
  /** Watchers that are open, for tests and the log. */
  readonly watcherCount: number;
  /** Closes the listening connection and wakes every watcher, closed. */
  close(): Promise<void>;
}

/** Events of many subjects, each in the order of its cursors. */
interface Feed<Row> extends Hub {
  /** Events after a cursor, oldest first. Watchers that stand at the same cursor share one query. */
  read(subjectId: string, after: number, limit: number): Promise<readonly Row[]>;
}

/** Events of searches. Whatever happens to any of them is news of {@link anySearch} too. */
export type EventHub = Feed<EventRow>;
export const anySearch = 'any search';
/** Events of leaderboards. */
export type LeaderboardHub = Feed<LeaderboardEventRow>;
/** Changes of all trainers together, which are one subject. */
export interface TrainerHub extends Omit<Hub, 'watch' | 'share'> {
  watch(): Watcher;
  /** As {@link readTrainerChanges}. Watchers that stand at the same cursor share one query. */
  read(after: string | undefined, limit: number): Promise<TrainerChanges>;
}

export function openEventHub(
  database: Database,
  databaseUrl: string,
  onError: (error: unknown) => void,
): Promise<EventHub> {
  return openFeed({
    listen: (onNews, options) =>
      listenForEvents(
        databaseUrl,
        ({ searchId }) => {
          onNews(searchId);
          onNews(anySearch);
        },
        options,
      ),
    read: (searchId, after, limit) => readEvents(database, searchId, after, limit),
    onError,
  });
}

export function openLeaderboardHub(
  database: Database,
  databaseUrl: string,
  onError: (error: unknown) => void,
): Promise<LeaderboardHub> {
  return openFeed({
    listen: (onNews, options) =>
      listenForLeaderboards(databaseUrl, ({ leaderboardId }) => onNews(leaderboardId), options),
    read: (id, after, limit) => readLeaderboardEvents(database, id, after, limit),
    onError,
  });
}

export async function openTrainerHub(
  database: Database,
  databaseUrl: string,
  onError: (error: unknown) => void,
): Promise<TrainerHub> {
  const subject = 'trainers';
  const hub = await openHub({
    listen: (onNews, options) => listenForTrainers(databaseUrl, () => onNews(subject), options),
    onError,
  });
  return {
    watch: () => hub.watch(subject),
    read: (after, limit) =>
      hub.share(subject, `${limit} after ${after}`, () =>
        readTrainerChanges(database, after, limit),
      ),
    get watcherCount() {
      return hub.watcherCount;
    },
    close: () => hub.close(),
  };
}

/**
 * Shortest time between two calls of the watchers of one subject. The first news after a quiet time
 * calls them at once; what comes within this time is read together, by all of them with one query.
 */
const callEveryMilliseconds = 250;

/** Watchers of one subject, and what is being asked for them. */
interface Channel {
  readonly watchers: Set<SubjectWatcher>;
  readonly questions: Map<string, Promise<unknown>>;
  calledAt: number;
  nextCall: NodeJS.Timeout | undefined;
}

interface HubOptions {
  listen(onNews: (subjectId: string) => void, options: ListenOptions): Promise<EventListener>;
  onError(error: unknown): void;
}

async function openFeed<Row>({
  read,
  ...options
}: HubOptions & Pick<Feed<Row>, 'read'>): Promise<Feed<Row>> {
  const hub = await openHub(options);
  return {
    watch: hub.watch,
    share: hub.share,
    read: (subjectId, after, limit) =>
      hub.share(subjectId, `events ${after} ${limit}`, () => read(subjectId, after, limit)),
    get watcherCount() {
      return hub.watcherCount;
    },
    close: hub.close,
  };
}

/** One listening connection of a process, fanned out by subject. */
async function openHub({ listen, onError }: HubOptions): Promise<Hub> {
  const channels = new Map<string, Channel>();
  const wake = (channel: Channel): void => {
    channel.calledAt = performance.now();
    channel.nextCall = undefined;
    for (const watcher of channel.watchers) {
      watcher.wake();
    }
  };
  const announce = (channel: Channel): void => {
    // An answer that was begun before this notice may lack its events: nobody joins it any more.
    channel.questions.clear();
    const pause = channel.calledAt + callEveryMilliseconds - performance.now();
    if (pause <= 0) wake(channel);
    else channel.nextCall ??= setTimeout(wake, pause, channel);
  };
  const share = <Value>(
    subjectId: string,
    question: string,
    ask: () => Promise<Value>,
  ): Promise<Value> => {
    const questions = channels.get(subjectId)?.questions;
    const asked = questions?.get(question);
    // The question names what its answer is.
    if (asked !== undefined) return asked as Promise<Value>;
    const answer = ask().finally(() => {
      if (questions?.get(question) === answer) questions.delete(question);
    });
    questions?.set(question, answer);
    return answer;
  };
  const listener = await listen(
    (subjectId) => {
      const channel = channels.get(subjectId);
      if (channel !== undefined) {
        announce(channel);
      }
    },
    { onReconnect: () => [...channels.values()].forEach(announce), onError },
  );
  const allWatchers = () => [...channels.values()].flatMap(({ watchers }) => [...watchers]);
  return {
    watch(subjectId) {
      const channel = channels.get(subjectId) ?? {
        watchers: new Set(),
        questions: new Map(),
        calledAt: Number.NEGATIVE_INFINITY,
        nextCall: undefined,
      };
      channels.set(subjectId, channel);
      const watcher = new SubjectWatcher(() => {
        channel.watchers.delete(watcher);
        if (channel.watchers.size === 0 && channels.get(subjectId) === channel) {
          clearTimeout(channel.nextCall);
          channels.delete(subjectId);
        }
      });
      channel.watchers.add(watcher);
      return watcher;
    },
    share,
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
