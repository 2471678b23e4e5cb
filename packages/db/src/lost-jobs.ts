import { type JobKind, jobCatalogue } from '@blockwise/contracts';
import { endRun } from './attempt/context.ts';
import { failJob, lostRun, lostTooOften } from './attempt/fail.ts';
import type { Database } from './database.ts';
import { requeue, unfinished } from './job-rows.ts';
import type { Queue } from './queue.ts';
import { type Repeated, repeat } from './repeat.ts';
import { changeSearch } from './search-transaction.ts';

/** A job that was found lost, as it was before. */
export interface LostJob {
  readonly searchId: string;
  readonly jobId: string;
  readonly kind: JobKind;
  readonly attempt: number;
  readonly retries: number;
  readonly requestId: string | null;
}

/**
 * Finds unfinished jobs that the queue will never deliver again (it gave up after losing trainers
 * too often, or its own job is gone) and queues them once more while they have retries, or fails
 * them and their searches: nothing waits for ever but what a paused search holds back. Returns how
 * many it found.
 */
export async function failLostJobs(
  db: Database,
  queue: Queue,
  onLost?: (job: LostJob) => void,
): Promise<number> {
  const lost = await db.prisma.$queryRaw<{ id: string; searchId: string; queueJobId: string }[]>`
    SELECT job.id, job.search_id AS "searchId", job.queue_job_id AS "queueJobId"
    FROM job JOIN search ON search.id = job.search_id
      LEFT JOIN pgboss.job AS queued
      ON queued.name = 'search.' || job.kind::text AND queued.id = job.queue_job_id
    WHERE (job.state = 'RUNNING' OR job.state = 'QUEUED' AND search.state <> 'PAUSED')
      AND (queued.id IS NULL OR queued.state IN ('completed', 'cancelled', 'failed'))`;
  for (const { id, searchId, queueJobId } of lost) {
    const found = await changeSearch(db, searchId, async (transaction) => {
      const job = await transaction.tx.job.findFirst({
        where: { id, queueJobId, state: { in: unfinished } },
      });
      if (job === null) {
        return null;
      }
      transaction.happened({ what: 'jobLost', kind: job.kind });
      if (job.retries >= jobCatalogue[job.kind].retryLimit) {
        await failJob(transaction, queue, job, await lostTooOften(transaction.tx, job));
        return job;
      }
      await endRun(transaction, { ...job, jobId: id }, 'FAILED', lostRun);
      const waitSeconds = queue.waitSecondsAfter(job.retries);
      await requeue(transaction, queue, job, { countsAsRetry: true, waitSeconds });
      return job;
    });
    if (found !== null) {
      const { kind, attempt, retries, requestId } = found;
      onLost?.({ searchId, jobId: id, kind, attempt, retries, requestId });
    }
  }
  return lost.length;
}

/**
 * Calls {@link failLostJobs} again and again. Every process may: each job is settled once, under
 * the lock of its search.
 */
export function watchLostJobs(
  db: Database,
  queue: Queue,
  options: {
    readonly everySeconds: number;
    readonly onLost?: (job: LostJob) => void;
    readonly onError: (error: unknown) => void;
  },
): Repeated {
  return repeat(() => failLostJobs(db, queue, options.onLost), options);
}
