import { DomainError } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { toJobRow } from '../from-rows.ts';
import { earliestPhase, emitJob } from '../job-rows.ts';
import { readJob } from '../jobs.ts';
import type { Queue } from '../queue.ts';
import type { JobRow } from '../rows.ts';
import { sendWaiting } from './send-waiting.ts';
import { steerSearch } from './steer-search.ts';

/**
 * Has the job tried again that a search failed by, and the search go on: with it those jobs are queued
 * again that were cancelled only because the search failed. Each goes on from its checkpoint. What is
 * finished stays, so do the runs that there were; attempts count on, and the failed job has all its
 * retries again.
 *
 * @throws DomainError NOT_FOUND; CONFLICT unless the job and its search are FAILED
 */
export async function retryJob(db: Database, queue: Queue, jobId: string): Promise<JobRow> {
  const known = await readJob(db, jobId);
  if (known === null) {
    throw new DomainError('NOT_FOUND', 'There is no such job.', { path: ['jobId'] });
  }
  const { searchId } = known;
  await steerSearch(db, searchId, async (transaction) => {
    const { tx, search } = transaction;
    const { state } = await tx.job.findUniqueOrThrow({ where: { id: jobId } });
    if (search.state !== 'FAILED' || state !== 'FAILED') {
      throw new DomainError(
        'CONFLICT',
        `The job is ${state} and its search ${search.state}; both have to be FAILED.`,
      );
    }
    const anew = { finishedAt: null, failureCode: null, failureMessage: null } as const;
    const failed = await tx.job.updateManyAndReturn({
      where: { id: jobId },
      data: { state: 'QUEUED', retries: 0, ...anew },
    });
    // Jobs of a search that is not complete are never cancelled by themselves.
    const cancelled = await tx.job.updateManyAndReturn({
      where: { searchId, state: 'CANCELLED' },
      data: { state: 'QUEUED', ...anew },
    });
    for (const job of [...failed, ...cancelled]) {
      emitJob(transaction, job);
    }
    await sendWaiting(transaction, queue);
    const phase = await earliestPhase(transaction);
    transaction.change({ state: 'RUNNING', phase, failure: null });
  });
  return toJobRow(await db.prisma.job.findUniqueOrThrow({ where: { id: jobId } }));
}
