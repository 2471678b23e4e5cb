import { DomainError, isFinalSearchState } from '@blockwise/contracts';
import { type Database, readSearch } from '@blockwise/db';
import { type FlatEvent, flatEvent } from './flat-event.ts';
import type { EventHub, Watcher } from './hub.ts';

/** Events of one read; a subscriber that is far behind goes on page by page. */
const pageEvents = 200;
/** A look without a notice, in case one was lost with its connection. */
const safetyPollMilliseconds = 5000;

interface Source {
  readonly database: Database;
  readonly hub: EventHub;
}

interface Position {
  readonly searchId: string;
  readonly after: string | undefined;
}

/** One page of events after a cursor, and the cursor to go on from. */
export async function eventsPage(
  { database, hub }: Source,
  { searchId, after, first }: Position & { first: number },
): Promise<{ events: FlatEvent[]; cursor: string }> {
  const cursor = parseCursor(after);
  await requireSearch(database, searchId);
  const rows = await hub.read(searchId, cursor, first);
  return {
    events: rows.map(flatEvent),
    cursor: String(rows.at(-1)?.cursor ?? cursor),
  };
}

/**
 * Events of a search after a cursor, then live, until the search has ended. The reader pulls: rows
 * are read when it asks for more, so a slow one holds nothing but its cursor.
 */
export async function followEvents(
  { database, hub }: Source,
  { searchId, after }: Position,
): Promise<AsyncIterableIterator<FlatEvent>> {
  const cursor = parseCursor(after);
  const search = await requireSearch(database, searchId);
  const watcher = hub.watch(searchId);
  const events = generateEvents(hub, watcher, searchId, {
    cursor,
    end: isFinalSearchState(search.state) ? search.eventCursor : undefined,
  });
  // A generator that waits cannot be ended from outside; closing its watcher wakes it first. One
  // that never began would not reach its `finally` either.
  const iterator: AsyncIterableIterator<FlatEvent> = {
    next: () => events.next(),
    return: () => {
      watcher.close();
      return events.return(undefined);
    },
    throw: (error) => {
      watcher.close();
      return events.throw(error);
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

async function* generateEvents(
  hub: EventHub,
  watcher: Watcher,
  searchId: string,
  start: { cursor: number; end: number | undefined },
): AsyncGenerator<FlatEvent, undefined> {
  let { cursor, end } = start;
  try {
    while (!watcher.closed) {
      const rows = await hub.read(searchId, cursor, pageEvents);
      for (const row of rows) {
        yield flatEvent(row);
        cursor = row.cursor;
        if (row.event.kind === 'SEARCH_CHANGED' && isFinalSearchState(row.event.state)) {
          end = cursor;
        }
      }
      if (rows.length === pageEvents) {
        continue;
      }
      if (end !== undefined && cursor >= end) {
        return;
      }
      await watcher.wait(safetyPollMilliseconds);
    }
  } finally {
    watcher.close();
  }
}

async function requireSearch(database: Database, searchId: string) {
  const search = await readSearch(database, searchId);
  if (search === null) {
    throw new DomainError('NOT_FOUND', 'There is no such search.', { path: ['search'] });
  }
  return search;
}

function parseCursor(after: string | undefined): number {
  if (after === undefined) {
    return 0;
  }
  if (!/^\d{1,9}$/.test(after)) {
    throw new DomainError('BAD_INPUT', 'after is not a cursor of this API.', { path: ['after'] });
  }
  return Number(after);
}
