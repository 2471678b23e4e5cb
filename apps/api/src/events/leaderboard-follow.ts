import { DomainError } from '@blockwise/contracts';
import type { LeaderboardEventRow } from '@blockwise/db';
import type { LeaderboardHub, Watcher } from './hub.ts';
import { watchedPages } from './watched-pages.ts';

/** Events of one page of a subscription; one that is far behind goes on page by page. */
const pageEvents = 200;
/** A look without a notice, in case one was lost with its connection. */
const safetyPollMilliseconds = 5000;

/** Events of a board, oldest first, and the cursor to go on from. */
export interface LeaderboardPage {
  readonly events: readonly LeaderboardEventRow[];
  readonly cursor: string;
}

interface Position {
  readonly leaderboardId: string;
  readonly after: string | undefined;
}

/** One page of events after a cursor; empty when nothing is new. */
export async function leaderboardPage(
  hub: LeaderboardHub,
  { leaderboardId, after, first }: Position & { readonly first: number },
): Promise<LeaderboardPage> {
  const cursor = parseCursor(after);
  const events = await hub.read(leaderboardId, cursor, first);
  return { events, cursor: String(events.at(-1)?.cursor ?? cursor) };
}

/**
 * Pages of events after a cursor, then live, as long as `mayRead` holds: it is asked before every
 * page. The reader pulls, so a slow one holds nothing but its cursor, and gets what it missed in
 * fewer pages.
 */
export function followLeaderboard(
  hub: LeaderboardHub,
  { leaderboardId, after }: Position,
  mayRead: () => Promise<boolean>,
): AsyncIterableIterator<LeaderboardPage> {
  const cursor = parseCursor(after);
  const watcher = hub.watch(leaderboardId);
  return watchedPages(watcher, generatePages(hub, watcher, { leaderboardId, cursor }, mayRead));
}

async function* generatePages(
  hub: LeaderboardHub,
  watcher: Watcher,
  { leaderboardId, cursor: start }: { leaderboardId: string; cursor: number },
  mayRead: () => Promise<boolean>,
): AsyncGenerator<LeaderboardPage, undefined> {
  let cursor = start;
  try {
    while (!watcher.closed && (await mayRead())) {
      const events = await hub.read(leaderboardId, cursor, pageEvents);
      const last = events.at(-1);
      if (last === undefined) {
        await watcher.wait(safetyPollMilliseconds);
        continue;
      }
      cursor = last.cursor;
      yield { events, cursor: String(cursor) };
    }
  } finally {
    watcher.close();
  }
}

/** @throws DomainError BAD_INPUT */
function parseCursor(after: string | undefined): number {
  if (after === undefined) {
    return 0;
  }
  if (!/^\d{1,9}$/.test(after)) {
    throw new DomainError('BAD_INPUT', 'after is not a cursor of this API.', { path: ['after'] });
  }
  return Number(after);
}
