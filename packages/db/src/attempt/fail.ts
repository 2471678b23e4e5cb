import { type Failure, jobCatalogue, retryOf } from '@blockwise/contracts';
import type { Prisma } from '../generated/client.ts';
import type { JobModel } from '../generated/models.ts';
import { cancelUnfinishedJobs, emitJob, requeue } from '../job-rows.ts';
import { failVerification } from '../leaderboard/verify.ts';
import type { Queue } from '../queue.ts';
import type { SearchTransaction } from '../search-transaction.ts';
import { settleNetwork } from '../settle-networks.ts';
import { type AttemptContext, endRun, writeAttempt } from './context.ts';
import { isRoomElsewhere } from './room-elsewhere.ts';

export async function failAttempt(
  context: AttemptContext,
  failure: Failure,
  { retry }: { retry: boolean },
): Promise<void> {
  await writeAttempt(context, { progressAt: new Date() }, async (transaction, job) => {
    await endRun(transaction, context, 'FAILED', failure);
    const again = retry && (await mayBeTriedAgain(transaction, job, failure.code));
    if (again) {
      const waitSeconds = context.queue.waitSecondsAfter(job.retries);
      await requeue(transaction, context.queue, job, { countsAsRetry: true, waitSeconds });
      transaction.emit({
        kind: 'MESSAGE',
        level: 'WARNING',
        text: `Attempt ${job.attempt} of a ${job.kind} job failed (${failure.code}: ${failure.message}); it is queued again.`,
      });
    } else {
      await failJob(transaction, context.queue, job, failure);
    }
  });
}

/** Whether another attempt is made after a fault, by the rule of its class. */
async function mayBeTriedAgain(
  transaction: SearchTransaction,
  job: JobModel,
  code: Failure['code'],
): Promise<boolean> {
  if (job.retries >= jobCatalogue[job.kind].retryLimit) return false;
  if (retryOf[code] !== 'ELSEWHERE') return true;
  return isRoomElsewhere(transaction, job);
}

export async function abandonAttempt(
  context: AttemptContext,
  { later } = { later: false },
): Promise<void> {
  const { queue } = context;
  await writeAttempt(context, { progressAt: new Date() }, async (transaction, job) => {
    await endRun(transaction, context, 'CANCELLED', null);
    const waitSeconds = later ? queue.waitSecondsAfter(0) : 0;
    await requeue(transaction, queue, job, { countsAsRetry: false, waitSeconds });
  });
}

/**
 * Ends a job as FAILED and its search with it: what waits for this job would wait for ever. What is
 * done for a COMPLETE search fails alone.
 */
export async function failJob(
  transaction: SearchTransaction,
  queue: Queue,
  job: JobModel,
  failure: Failure,
): Promise<void> {
  const row = await transaction.tx.job.update({
    where: { id: job.id },
    data: {
      state: 'FAILED',
      finishedAt: new Date(),
      failureCode: failure.code,
      failureMessage: failure.message,
    },
  });
  await endRun(transaction, { ...job, jobId: job.id }, 'FAILED', failure);
  await queue.settleIn(transaction.tx, job.kind, job.queueJobId);
  emitJob(transaction, row);
  if (transaction.search.state === 'COMPLETE') {
    await settleFollowUp(transaction, queue, row);
    return;
  }
  await cancelUnfinishedJobs(transaction, queue);
  transaction.change({ state: 'FAILED', failure });
}

/** After a job that was done for a COMPLETE search has ended without a result. */
export async function settleFollowUp(
  transaction: SearchTransaction,
  queue: Queue,
  job: Pick<JobModel, 'kind' | 'networkId' | 'entryId'>,
): Promise<void> {
  if (job.kind === 'retrain' && job.networkId !== null) {
    await settleNetwork(transaction, queue, job.networkId);
  }
  if (job.entryId !== null) {
    await failVerification(transaction.tx, job.entryId);
  }
}

/** How the run of a trainer that fell silent ends. */
export const lostRun: Failure = {
  code: 'ATTEMPT_STALE',
  message: 'The trainer fell silent and the job was given to another attempt.',
};

/** How a job ends whose trainers all fell silent. */
export async function lostTooOften(tx: Prisma.TransactionClient, job: JobModel): Promise<Failure> {
  const last = await tx.run.findFirst({
    where: { jobId: job.id, attempt: job.attempt },
    select: { trainer: { select: { name: true } } },
  });
  const name = last === null ? '' : `, the last time ${last.trainer.name}`;
  const times = job.retries + 1;
  return {
    code: 'INTERNAL',
    message:
      `The ${job.kind} job lost its trainer ${times} times${name}. ` +
      'It may be what ended them, so it is given to nobody any more.',
  };
}
