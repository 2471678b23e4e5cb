import type { Client } from './client.ts';
import { type BoardEventDetailFragment, WatchBoardDocument } from './generated/graphql.ts';
import { type WatchOptions, watchEvents } from './watch-events.ts';

/**
 * Events of a leaderboard in the order of their cursors, each exactly once, until the board is deleted
 * or may not be seen any longer. A lost connection is taken up again after the last event that arrived.
 *
 * @throws ClientError when the API refuses, or cannot be reached for `giveUpAfterSeconds` (60).
 */
export function watchBoard(
  client: Client,
  leaderboard: string,
  options: WatchOptions = {},
): AsyncGenerator<BoardEventDetailFragment, void, void> {
  return watchEvents(
    client,
    WatchBoardDocument,
    { leaderboard },
    ({ leaderboardChanged }) => leaderboardChanged.events,
    options,
  );
}
