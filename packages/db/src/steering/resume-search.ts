import { DomainError } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import type { Queue } from '../queue.ts';
import type { SearchRow } from '../rows.ts';
import { sendWaiting } from './send-waiting.ts';
import { steerSearch } from './steer-search.ts';

/**
 * Lets a paused search go on: its waiting jobs are given to the queue again. Each goes on from its
 * checkpoint. A search that is not paused and has not ended goes on anyway, and stays what it is.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when it has ended
 */
export function resumeSearch(db: Database, queue: Queue, searchId: string): Promise<SearchRow> {
  return steerSearch(db, searchId, async (transaction) => {
    const { tx, search } = transaction;
    if (search.state === 'QUEUED' || search.state === 'RUNNING') {
      return;
    }
    if (search.state !== 'PAUSED') {
      throw new DomainError('CONFLICT', `The search is ${search.state} and cannot be resumed.`);
    }
    await sendWaiting(transaction, queue);
    const { startedAt } = await tx.search.findUniqueOrThrow({ where: { id: searchId } });
    transaction.change({ state: startedAt === null ? 'QUEUED' : 'RUNNING' });
  });
}
