import {
  checkSearchesCursor,
  type Database,
  type ReadSearchChanges,
  readSearchChanges,
  type SearchChanges,
} from '@blockwise/db';
import { anySearch, type EventHub, type Watcher } from './hub.ts';
import { watchedPages } from './watched-pages.ts';

/** Searches of one payload. */
const pageSearches = 100;
/** Shortest time between two payloads: progress of many searches comes together. */
const pauseMilliseconds = 1000;
/** A look without a notice, in case one was lost with its connection. */
const safetyPollMilliseconds = 5000;

interface Source {
  readonly database: Database;
  readonly hub: EventHub;
}

/** As {@link readSearchChanges}; those who ask the same at the same time share one query. */
export function readSearches(
  { database, hub }: Source,
  asked: ReadSearchChanges,
): Promise<SearchChanges> {
  return hub.share(anySearch, JSON.stringify(asked), () => readSearchChanges(database, asked));
}

/**
 * Changes of a list of searches since a cursor, then live, about once a second at most, in pages that
 * are never empty; without a cursor a first one that only tells it. The reader pulls: one that is slow
 * gets each search as it is when it reads.
 *
 * @param ask who reads, and what: again before every page, because rights may change
 * @throws DomainError BAD_INPUT, path ['after']
 */
export function followSearches(
  source: Source,
  after: string | undefined,
  ask: () => Pick<ReadSearchChanges, 'reader' | 'filter'>,
): AsyncIterableIterator<SearchChanges> {
  checkSearchesCursor(after);
  const watcher = source.hub.watch(anySearch);
  return watchedPages(watcher, generatePages(source, watcher, after, ask));
}

async function* generatePages(
  source: Source,
  watcher: Watcher,
  after: string | undefined,
  ask: () => Pick<ReadSearchChanges, 'reader' | 'filter'>,
): AsyncGenerator<SearchChanges, undefined> {
  let cursor = after;
  try {
    while (!watcher.closed) {
      const page = await readSearches(source, { ...ask(), after: cursor, first: pageSearches });
      const isNew = page.searches.length > 0 || page.gone.length > 0 || cursor === undefined;
      cursor = page.cursor;
      if (isNew) yield page;
      if (page.hasMore) continue;
      if (isNew) await pause(watcher);
      else await watcher.wait(safetyPollMilliseconds);
    }
  } finally {
    watcher.close();
  }
}

/** News does not end it, only time; nor is it lost, for the next page is read after it. */
async function pause(watcher: Watcher): Promise<void> {
  const end = performance.now() + pauseMilliseconds;
  for (let left = pauseMilliseconds; left > 0 && !watcher.closed; left = end - performance.now()) {
    await watcher.wait(left);
  }
}
