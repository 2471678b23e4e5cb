import type { JobModel } from '../generated/models.ts';
import { engineOf } from '../job-rows.ts';
import type { SearchTransaction } from '../search-transaction.ts';
import { lostBefore, type TrainerIdentity } from '../trainers.ts';

/**
 * Whether a job that ran out of memory may get its one attempt elsewhere: it ran out of it once, and a
 * trainer is there under another name than the one that it had.
 */
export async function isRoomElsewhere(
  transaction: SearchTransaction,
  job: JobModel,
): Promise<boolean> {
  const tried = await triedBy(transaction, job);
  return tried.length === 1 && (await others(transaction, job, tried)) > 0;
}

/** Whether a trainer should leave such a job to others, who are there: it has no room for it. */
export async function leavesToOthers(
  transaction: SearchTransaction,
  job: JobModel,
  trainer: TrainerIdentity,
): Promise<boolean> {
  // Somebody who has the job tried again wants it tried anywhere.
  if (job.retries === 0) return false;
  const tried = await triedBy(transaction, job);
  return tried.includes(trainer.name) && (await others(transaction, job, tried)) > 0;
}

/** Names of the trainers that ran out of memory, by attempt. */
async function triedBy({ tx }: SearchTransaction, { id }: JobModel): Promise<string[]> {
  const runs = await tx.run.findMany({
    where: { jobId: id, failureCode: 'OUT_OF_MEMORY' },
    select: { trainer: { select: { name: true } } },
  });
  return runs.map(({ trainer }) => trainer.name);
}

/** How many trainers there are that may take the job and have not tried it. */
async function others(
  transaction: SearchTransaction,
  job: JobModel,
  tried: readonly string[],
): Promise<number> {
  const engine = await engineOf(transaction, job);
  return transaction.tx.trainer.count({
    where: {
      name: { notIn: [...tried] },
      isDraining: false,
      isDiskFull: false,
      lastSeen: { gte: lostBefore() },
      ...(engine === null ? {} : { engine }),
    },
  });
}
