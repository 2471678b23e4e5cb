import { DomainError, isFinalSearchState } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { cancelUnfinishedJobs } from '../job-rows.ts';
import type { Queue } from '../queue.ts';
import type { SearchRow } from '../rows.ts';
import { steerSearch } from './steer-search.ts';

/**
 * Cancels a search, its unfinished jobs and their deliveries, in one transaction. Attempts under
 * way learn of it at their next write or by their standing. A cancelled search stays what it is.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when it is COMPLETE or FAILED
 */
export function cancelSearch(db: Database, queue: Queue, searchId: string): Promise<SearchRow> {
  return steerSearch(db, searchId, async (transaction) => {
    const { state } = transaction.search;
    if (state === 'CANCELLED') {
      return;
    }
    if (isFinalSearchState(state)) {
      throw new DomainError('CONFLICT', `The search is ${state} and cannot be cancelled.`);
    }
    await cancelUnfinishedJobs(transaction, queue);
    transaction.change({ state: 'CANCELLED' });
  });
}
