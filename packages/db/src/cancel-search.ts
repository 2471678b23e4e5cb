import { DomainError, isFinalSearchState } from '@blockwise/contracts';
import type { Database } from './database.ts';
import { toSearchRow } from './from-rows.ts';
import { cancelUnfinishedJobs } from './job-rows.ts';
import type { Queue } from './queue.ts';
import type { SearchRow } from './rows.ts';
import { changeSearch } from './search-transaction.ts';
import { isUuid } from './uuid.ts';

/**
 * Cancels a search, its unfinished jobs and their deliveries, in one transaction. Attempts under
 * way learn of it at their next write or `isCancelled`. A cancelled search stays what it is.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when it is COMPLETE or FAILED
 */
export async function cancelSearch(
  db: Database,
  queue: Queue,
  searchId: string,
): Promise<SearchRow> {
  const found =
    isUuid(searchId) &&
    (await changeSearch(db, searchId, async (transaction) => {
      const { state } = transaction.search;
      if (state === 'CANCELLED') {
        return true;
      }
      if (isFinalSearchState(state)) {
        throw new DomainError('CONFLICT', `The search is ${state} and cannot be cancelled.`);
      }
      await cancelUnfinishedJobs(transaction, queue);
      transaction.change({ state: 'CANCELLED' });
      return true;
    }));
  if (!found) {
    throw new DomainError('NOT_FOUND', 'There is no such search.', { path: ['searchId'] });
  }
  return toSearchRow(await db.prisma.search.findUniqueOrThrow({ where: { id: searchId } }));
}
