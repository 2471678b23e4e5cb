'use client';

import {
  BoardEntriesDocument,
  BoardEventsDocument,
  BoardHeadDocument,
  type BoardHeadFragment,
  type EntryDetailFragment,
  LeaderboardsDocument,
  SharedBoardEntriesDocument,
  SharedBoardHeadDocument,
  watchBoard,
} from '@blockwise/client';
import { useEffect, useRef } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { useApi, useRenew } from '../api/use-api.ts';
import { type Pages, usePages } from '../api/use-pages.ts';
import type { EntryView } from './use-entry-view.ts';

const pageSize = 100;
/** As many are drawn; the table says that there are more. */
const mostEntries = 500;
/** A share link gives no right to the events of a board: it is read again in place of them. */
const sharedRefreshSeconds = 15;

/** What a board is found by: its id, or the secret of its share link. */
export type BoardKey = { readonly id: string } | { readonly secret: string };

export interface BoardAnswer {
  /** Null when there is none, or it may not be seen. */
  readonly board: BoardHeadFragment | null | undefined;
  readonly error: Error | null;
  readonly again: () => unknown;
}

export function useBoard(key: BoardKey): BoardAnswer {
  const isShared = 'secret' in key;
  const own = useApi(BoardHeadDocument, { id: isShared ? '' : key.id }, { isReady: !isShared });
  const shared = useApi(
    SharedBoardHeadDocument,
    { secret: isShared ? key.secret : '' },
    { isReady: isShared, everySeconds: sharedRefreshSeconds },
  );
  const { error, refetch } = isShared ? shared : own;
  const answer = isShared ? shared.data?.sharedLeaderboard : own.data?.leaderboard;
  const isThere = (isShared ? shared.data : own.data) !== undefined;
  return { board: isThere ? (answer ?? null) : undefined, error, again: refetch };
}

/** Entries of a board as the view asks for them, all up to {@link mostEntries}. */
export function useEntries(
  key: BoardKey,
  { filter, orderBy }: Pick<EntryView, 'filter' | 'orderBy'>,
): Pages<EntryDetailFragment> {
  const isShared = 'secret' in key;
  const asked = { filter, orderBy, first: pageSize };
  const own = usePages(
    BoardEntriesDocument,
    { id: isShared ? '' : key.id, ...asked },
    ({ leaderboard }) => leaderboard?.entries,
    { isReady: !isShared },
  );
  const shared = usePages(
    SharedBoardEntriesDocument,
    { secret: isShared ? key.secret : '', ...asked },
    ({ sharedLeaderboard }) => sharedLeaderboard?.entries,
    { isReady: isShared, everySeconds: sharedRefreshSeconds },
  );
  const entries = isShared ? shared : own;
  const { more, isReading, items } = entries;
  const shouldRead = more !== undefined && !isReading && (items?.length ?? 0) < mostEntries;
  useEffect(() => {
    if (shouldRead) more?.();
  }, [shouldRead, more]);
  return entries;
}

/** Follows a board's events from its cursor on, and reads again what each of them changes. */
export function useLiveBoard(id: string, cursor: string): void {
  const client = useClient();
  const renew = useRenew();
  // Read anew the board has a later cursor; the watch goes on from its own.
  const first = useRef(cursor);
  useEffect(() => {
    const stop = new AbortController();
    const follow = async () => {
      const options = { after: first.current, signal: stop.signal, giveUpAfterSeconds: Infinity };
      for await (const event of watchBoard(client, id, options)) {
        first.current = event.cursor;
        await renew(
          BoardHeadDocument,
          BoardEntriesDocument,
          BoardEventsDocument,
          LeaderboardsDocument,
        );
      }
    };
    // A board that is gone is told by the next reading.
    follow().catch(() => renew(BoardHeadDocument));
    return () => stop.abort();
  }, [client, id, renew]);
}
