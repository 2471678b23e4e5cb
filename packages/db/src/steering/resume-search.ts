import { DomainError } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { type QueuedJob, send } from '../job-rows.ts';
import type { Queue } from '../queue.ts';
import type { SearchRow } from '../rows.ts';
import { steerSearch } from './steer-search.ts';

/**
 * Lets a paused search go on: its waiting jobs are given to the queue again, in the order in which
 * they were made. Each goes on from its checkpoint. A search that is not paused and has not ended
 * goes on anyway, and stays what it is.
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
    // New ids in the queue: a delivery from before the pause is to stay recognisable as such.
    const waiting = await tx.$queryRaw<(QueuedJob & { createdAt: Date })[]>`
      UPDATE job SET queue_job_id = gen_random_uuid()
      WHERE search_id = ${searchId}::uuid AND state = 'QUEUED'
      RETURNING id, kind::text AS kind, queue_job_id AS "queueJobId",
        latency_table_id AS "latencyTableId", created_at AS "createdAt"`;
    await send(transaction, queue, waiting.sort(byAge));
    const { startedAt } = await tx.search.findUniqueOrThrow({ where: { id: searchId } });
    transaction.change({ state: startedAt === null ? 'QUEUED' : 'RUNNING' });
  });
}

function byAge(a: { createdAt: Date; id: string }, b: { createdAt: Date; id: string }): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
