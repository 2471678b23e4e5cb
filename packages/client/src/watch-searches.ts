import type { Client } from './client.ts';
import {
  SearchesChangedDocument,
  type SearchesChangedSubscription,
  type SearchFilter,
} from './generated/graphql.ts';
import { type WatchOptions, watchEvents } from './watch-events.ts';

/** Searches of a list that have changed, and those that left it. */
export type ChangedSearchesPage = SearchesChangedSubscription['searchesChanged'];

/**
 * What changes in a list of searches, for ever. Without a cursor the first page only tells one, at
 * once: read the list then, and nothing is missed. A lost connection is taken up again after the last
 * page that arrived; a search that changed just then may come once more.
 *
 * @throws ClientError when the API refuses, or cannot be reached for `giveUpAfterSeconds` (60).
 */
export function watchSearches(
  client: Client,
  filter: SearchFilter | null = null,
  options: WatchOptions = {},
): AsyncGenerator<ChangedSearchesPage, void, void> {
  return watchEvents(
    client,
    SearchesChangedDocument,
    { filter },
    ({ searchesChanged }) => [searchesChanged],
    options,
  );
}
