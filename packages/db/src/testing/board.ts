import type { Database } from '../database.ts';
import { entriesOfBoards } from '../leaderboard/entries.ts';
import { listLeaderboards } from '../leaderboard/list-boards.ts';
import type { EntryRow, LeaderboardRow } from '../leaderboard/rows.ts';
import { pageOfOwner } from '../owned-list.ts';
import { localReader } from './platform.ts';

/** The board that was made first of all; the searches of tests make one. */
export async function firstBoard(db: Database): Promise<LeaderboardRow> {
  const { edges } = await listLeaderboards(db, { first: 100, reader: localReader });
  const board = edges.at(-1)?.node;
  if (board === undefined) {
    throw new Error('there is no board');
  }
  return board;
}

/** What has a place on it, the best first. */
export async function boardEntries(db: Database): Promise<EntryRow[]> {
  const { id } = await firstBoard(db);
  const { edges } = await pageOfOwner(db, entriesOfBoards, id, { first: 100 });
  return edges.map(({ node }) => node);
}
