import { DomainError, isFinalJobState } from '@blockwise/contracts';
import { settleFollowUp } from '../attempt/fail.ts';
import type { Database } from '../database.ts';
import { toJobRow } from '../from-rows.ts';
import { cancelUnfinishedJobs } from '../job-rows.ts';
import { readJob } from '../jobs.ts';
import type { Queue } from '../queue.ts';
import type { JobRow } from '../rows.ts';
import { changeCompleteSearch } from './follow-up.ts';

/**
 * Cancels one job that is done for a COMPLETE search: a training, a latency table, a cut, an
 * export, a verification. The jobs of a search under way are cancelled with it, never alone. A cancelled job stays what it is.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when the job is COMPLETE or FAILED, or its search not COMPLETE
 */
export async function cancelJob(db: Database, queue: Queue, jobId: string): Promise<JobRow> {
  const known = await readJob(db, jobId);
  if (known === null) {
    throw new DomainError('NOT_FOUND', 'There is no such job.', { path: ['jobId'] });
  }
  return changeCompleteSearch(db, known.searchId, async (transaction) => {
    const { tx } = transaction;
    const { state } = await tx.job.findUniqueOrThrow({ where: { id: jobId } });
    if (isFinalJobState(state) && state !== 'CANCELLED') {
      throw new DomainError('CONFLICT', `The job is ${state} and cannot be cancelled.`);
    }
    if (state !== 'CANCELLED') {
      await cancelUnfinishedJobs(transaction, queue, { id: jobId });
      await settleFollowUp(transaction, queue, known);
    }
    return toJobRow(await tx.job.findUniqueOrThrow({ where: { id: jobId } }));
  });
}
