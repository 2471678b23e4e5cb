import type { Client } from './client.ts';
import { type EventDetailFragment, WatchSearchDocument } from './generated/graphql.ts';
import { type WatchOptions, watchEvents } from './watch-events.ts';

/**
 * Events of a search in the order of their cursors, each exactly once, ending after the search's
 * final event. A lost connection is taken up again after the last event that arrived.
 *
 * @throws ClientError when the API refuses, or cannot be reached for `giveUpAfterSeconds` (60).
 */
export function watchSearch(
  client: Client,
  search: string,
  options: WatchOptions = {},
): AsyncGenerator<EventDetailFragment, void, void> {
  return watchEvents(
    client,
    WatchSearchDocument,
    { search },
    ({ searchEvents }) => searchEvents.events,
    options,
  );
}
