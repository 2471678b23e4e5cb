import { type QueuedJob, send } from '../job-rows.ts';
import type { Queue } from '../queue.ts';
import type { SearchTransaction } from '../search-transaction.ts';

/**
 * Gives all waiting jobs of a search to the queue, in the order in which they were made, whatever the
 * queue knew of them before. Their ids in the queue are new: a delivery from before is to stay
 * recognisable as such.
 */
export async function sendWaiting(transaction: SearchTransaction, queue: Queue): Promise<void> {
  const { tx, search } = transaction;
  const waiting = await tx.$queryRaw<(QueuedJob & { createdAt: Date })[]>`
    UPDATE job SET queue_job_id = gen_random_uuid()
    WHERE search_id = ${search.id}::uuid AND state = 'QUEUED'
    RETURNING id, kind::text AS kind, queue_job_id AS "queueJobId",
      latency_table_id AS "latencyTableId", created_at AS "createdAt"`;
  await send(transaction, queue, waiting.sort(byAge));
}

function byAge(a: { createdAt: Date; id: string }, b: { createdAt: Date; id: string }): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
