import { DomainError, jobKinds, searchTransitions } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import type { Queue } from '../queue.ts';
import type { SearchRow } from '../rows.ts';
import { steerSearch } from './steer-search.ts';

/**
 * Pauses a search: its waiting jobs are taken out of the queue, in one transaction. Attempts under
 * way learn of it by their standing and hand their jobs back; one that ends before it has looked
 * keeps what it has done. A paused search stays what it is.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when it has ended
 */
export function pauseSearch(db: Database, queue: Queue, searchId: string): Promise<SearchRow> {
  return steerSearch(db, searchId, async (transaction) => {
    const { tx, search } = transaction;
    if (search.state === 'PAUSED') {
      return;
    }
    if (!searchTransitions[search.state].includes('PAUSED')) {
      throw new DomainError('CONFLICT', `The search is ${search.state} and cannot be paused.`);
    }
    const waiting = await tx.job.findMany({
      where: { searchId, state: 'QUEUED' },
      select: { kind: true, queueJobId: true },
    });
    for (const kind of jobKinds) {
      const ofKind = waiting.filter((job) => job.kind === kind);
      await queue.cancelIn(
        tx,
        kind,
        ofKind.map(({ queueJobId }) => queueJobId),
      );
    }
    transaction.change({ state: 'PAUSED' });
  });
}
