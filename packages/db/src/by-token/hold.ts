import { DomainError } from '@blockwise/contracts';
import type { AttemptWrites } from '../attempt/attempt.ts';
import { contextOf, staleAttempt } from '../attempt/context.ts';
import { standing } from '../attempt/progress.ts';
import { writesOf } from '../attempt/writes.ts';
import type { Database } from '../database.ts';
import { toJobRow } from '../from-rows.ts';
import type { JobModel } from '../generated/models.ts';
import type { Queue } from '../queue.ts';
import type { JobRow } from '../rows.ts';
import { seenNow } from '../trainers.ts';
import { isUuid } from '../uuid.ts';

/** Which attempt, and by whose token it was taken. */
export interface HeldBy {
  readonly jobId: string;
  readonly attempt: number;
  readonly tokenId: string;
}

/** An attempt that a trainer holds from afar, from one request to the next. */
export interface HeldAttempt extends AttemptWrites {
  readonly attempt: number;
  readonly job: JobRow;
  /**
   * Says that the trainer lives. False when the work should stop because it was cancelled.
   *
   * @throws DomainError ATTEMPT_STALE when the job was taken away
   */
  keep(): Promise<boolean>;
}

/**
 * The attempt that a token has taken. It need not be the current one any more: its writes say so.
 *
 * @throws DomainError NOT_FOUND when there is no such attempt; FORBIDDEN when another token, or a
 *   trainer without one, took it
 */
export async function holdAttempt(
  db: Database,
  queue: Queue,
  { jobId, attempt, tokenId }: HeldBy,
): Promise<HeldAttempt> {
  const run = isUuid(jobId)
    ? await db.prisma.run.findUnique({
        where: { jobId_attempt: { jobId, attempt } },
        include: { job: true },
      })
    : null;
  if (run === null) {
    throw new DomainError('NOT_FOUND', 'There is no such attempt.', { path: ['job'] });
  }
  if (run.tokenId !== tokenId) {
    throw new DomainError('FORBIDDEN', 'The attempt belongs to another trainer.', {
      path: ['job'],
    });
  }
  const { job, queueRetryCount } = run;
  const context = contextOf(db, queue, job, attempt);
  return {
    attempt,
    job: toJobRow(job),
    ...writesOf(context),
    async keep() {
      const isCurrent = run.state === 'RUNNING' && job.attempt === attempt;
      const isTouched = isCurrent && (await queue.touch(deliveryOf(job, queueRetryCount ?? 0)));
      if ((await standing(context)) === 'CANCELLED') {
        return false;
      }
      if (!isTouched) {
        throw staleAttempt(context);
      }
      await db.prisma.trainer.update({
        where: { id: run.trainerId },
        data: seenNow(),
      });
      return true;
    },
  };
}

function deliveryOf({ id: jobId, kind, queueJobId }: JobModel, retryCount: number) {
  return { kind, jobId, queueJobId, retryCount };
}
