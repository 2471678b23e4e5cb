import { DomainError, type SearchPriority } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import type { Queue } from '../queue.ts';
import type { SearchRow } from '../rows.ts';
import { steerSearch } from './steer-search.ts';

/**
 * Says before or behind which other searches' jobs those of a search are handed out. Waiting jobs
 * move at once, later ones inherit it; what is under way goes on. Among jobs of one priority the most
 * urgent kind goes first, as ever. A COMPLETE search has one too, for what is done for it afterwards.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when it is FAILED or CANCELLED
 */
export function setPriority(
  db: Database,
  queue: Queue,
  { searchId, priority }: { readonly searchId: string; readonly priority: SearchPriority },
): Promise<SearchRow> {
  return steerSearch(db, searchId, async (transaction) => {
    const { tx, search } = transaction;
    if (search.state === 'FAILED' || search.state === 'CANCELLED') {
      throw new DomainError('CONFLICT', `The search is ${search.state}; none of its jobs waits.`);
    }
    await queue.prioritiseIn(tx, searchId, priority);
    transaction.change({ priority });
  });
}
