import type { Client } from './client.ts';
import { TrainersChangedDocument, type TrainersChangedSubscription } from './generated/graphql.ts';
import { type WatchOptions, watchEvents } from './watch-events.ts';

/** Trainers that have changed, as they are now. */
export type ChangedTrainersPage = TrainersChangedSubscription['trainersChanged'];

/**
 * What changes of trainers, for ever: who appears, begins or ends a job, falls silent, comes back or
 * is drained. Without a cursor all trainers come first. A lost connection is taken up again after the
 * last page that arrived; a trainer that changed just then may come once more.
 *
 * @throws ClientError when the API refuses, or cannot be reached for `giveUpAfterSeconds` (60).
 */
export function watchTrainers(
  client: Client,
  options: WatchOptions = {},
): AsyncGenerator<ChangedTrainersPage, void, void> {
  return watchEvents(
    client,
    TrainersChangedDocument,
    {},
    ({ trainersChanged }) => [trainersChanged],
    options,
  );
}
