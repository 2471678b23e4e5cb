import {
  DomainError,
  isFinalJobState,
  isFinalSearchState,
  type SearchEvent,
} from '@blockwise/contracts';
import { type Database, type EventRow, jobsOf, readSearch } from '@blockwise/db';
import type { EventHub, Watcher } from './hub.ts';
import { watchedPages } from './watched-pages.ts';

/** Events of one payload; a reader that is far behind gets few large ones. */
const pageEvents = 500;
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

/** Events as they are stored, and the cursor to go on from. */
export interface EventRows {
  readonly rows: readonly EventRow[];
  readonly cursor: string;
}

/** One page of events after a cursor, and the cursor to go on from. */
export async function eventsPage(
  { database, hub }: Source,
  { searchId, after, first }: Position & { first: number },
): Promise<EventRows> {
  const cursor = parseCursor(after);
  await requireSearch(database, searchId);
  const rows = await hub.read(searchId, cursor, first);
  return { rows, cursor: String(rows.at(-1)?.cursor ?? cursor) };
}

/**
 * Events of a search after a cursor, then live, until the search has ended and nothing is under way
 * for it any more (an audit, say). The reader pulls: rows are read when it asks for more, all that
 * came meanwhile together, so a slow one holds nothing but its cursor.
 */
export async function followEvents(
  { database, hub }: Source,
  { searchId, after }: Position,
): Promise<AsyncIterableIterator<EventRows>> {
  const cursor = parseCursor(after);
  await requireSearch(database, searchId);
  const watcher = hub.watch(searchId);
  return watchedPages(watcher, generatePages({ database, hub }, watcher, searchId, cursor));
}

async function* generatePages(
  { database, hub }: Source,
  watcher: Watcher,
  searchId: string,
  start: number,
): AsyncGenerator<EventRows, undefined> {
  let cursor = start;
  let mayHaveEnded = true;
  try {
    while (!watcher.closed) {
      const rows = await hub.read(searchId, cursor, pageEvents);
      const last = rows.at(-1);
      if (last !== undefined) {
        cursor = last.cursor;
        mayHaveEnded ||= rows.some(({ event }) => endsSomething(event));
        yield { rows, cursor: String(cursor) };
      }
      if (rows.length === pageEvents) {
        continue;
      }
      if (mayHaveEnded) {
        const end = await hub.share(searchId, 'end', () => endOf(database, searchId));
        if (end !== null && cursor >= end) {
          return;
        }
        // Something came in between: read it, then look again.
        mayHaveEnded = end !== null;
        if (mayHaveEnded) {
          continue;
        }
      }
      await watcher.wait(safetyPollMilliseconds);
    }
  } finally {
    watcher.close();
  }
}

function endsSomething(event: SearchEvent): boolean {
  return (
    (event.kind === 'SEARCH_CHANGED' && isFinalSearchState(event.state)) ||
    (event.kind === 'JOB_CHANGED' && isFinalJobState(event.state))
  );
}

/** Cursor of the last event of a search that has ended, with all that is done for it; else null. */
async function endOf(database: Database, searchId: string): Promise<number | null> {
  const { state } = await requireSearch(database, searchId);
  if (!isFinalSearchState(state)) {
    return null;
  }
  const jobs = await jobsOf(database, searchId);
  if (jobs.some((job) => !isFinalJobState(job.state))) {
    return null;
  }
  return (await requireSearch(database, searchId)).eventCursor;
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
