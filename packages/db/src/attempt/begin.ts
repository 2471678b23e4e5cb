import { isFinalJobState, jobCatalogue } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { readExport } from '../exports.ts';
import { readFeatureMaps } from '../feature-maps.ts';
import { toNetworkRow, toRetrainingRow } from '../from-network-rows.ts';
import {
  toCellRow,
  toDatasetInfo,
  toJobRow,
  toLatencyTableRow,
  toSearchRow,
  toTeacherRow,
} from '../from-rows.ts';
import type { JobModel } from '../generated/models.ts';
import { emitJob, requeue } from '../job-rows.ts';
import { readEntry } from '../leaderboard/entries.ts';
import type { Delivery, Queue } from '../queue.ts';
import { changeSearch, type SearchTransaction } from '../search-transaction.ts';
import { changeAudit } from '../settle-networks.ts';
import { putTrainer, type TrainerIdentity } from '../trainers.ts';
import type { Attempt } from './attempt.ts';
import { contextOf, endRun } from './context.ts';
import { failJob, lostRun, lostTooOften } from './fail.ts';
import { leavesToOthers } from './room-elsewhere.ts';
import { writesOf } from './writes.ts';

export interface Taker {
  readonly trainer: TrainerIdentity;
  /** The trainer's token, which alone may write then; none for a trainer with the database. */
  readonly tokenId?: string;
}

/**
 * Takes the delivered job for a trainer: a new attempt, which fences off the one before, and its
 * run's row. A job that another attempt still held has lost its trainer; that uses up a retry.
 *
 * Returns null, and drops the delivery, when there is nothing to do: the job is finished or
 * cancelled, the queue has taken this delivery back (a trainer or the search paused since it was
 * fetched), the job has just lost its last attempt or waits longer because it loses one after the
 * other, or the trainer had no memory for it and others are there.
 */
export async function beginAttempt(
  db: Database,
  queue: Queue,
  delivery: Delivery,
  taker: Taker,
): Promise<Attempt | null> {
  const delivered = await db.prisma.job.findUnique({ where: { id: delivery.jobId } });
  const job =
    delivered === null
      ? null
      : await changeSearch(db, delivered.searchId, (transaction) =>
          takeJob(transaction, queue, delivery, taker),
        );
  if (job === null) {
    await queue.complete(delivery);
    return null;
  }
  return openAttempt(db, queue, job);
}

async function takeJob(
  transaction: SearchTransaction,
  queue: Queue,
  delivery: Delivery,
  { trainer, tokenId }: Taker,
): Promise<JobModel | null> {
  const { tx } = transaction;
  const job = await tx.job.findUniqueOrThrow({ where: { id: delivery.jobId } });
  if (isFinalJobState(job.state) || job.queueJobId !== delivery.queueJobId) {
    return null;
  }
  if (!(await queue.holdsIn(tx, delivery))) {
    return null;
  }
  const lost = job.state === 'RUNNING';
  if (lost) {
    transaction.happened({ what: 'jobLost', kind: job.kind });
    if (job.retries >= jobCatalogue[job.kind].retryLimit) {
      await failJob(transaction, queue, job, await lostTooOften(tx, job));
      return null;
    }
    await endRun(transaction, { ...job, jobId: job.id }, 'FAILED', lostRun);
    // The first loss is nobody's fault. A job that goes on losing trainers waits longer every time.
    const waitSeconds = job.retries === 0 ? 0 : queue.waitSecondsAfter(job.retries);
    const isPaused = transaction.search.state === 'PAUSED';
    if (isPaused || waitSeconds > 0) {
      // Of a paused search: it was lost before it could hand the job back, which waits to be resumed.
      await requeue(transaction, queue, job, { countsAsRetry: true, waitSeconds });
      const text = `A ${job.kind} job lost its trainer ${job.retries + 1} times; it waits ${waitSeconds} s.`;
      if (!isPaused) transaction.emit({ kind: 'MESSAGE', level: 'WARNING', text });
      return null;
    }
  } else if (await leavesToOthers(transaction, job, trainer)) {
    const waitSeconds = queue.waitSecondsAfter(0);
    await requeue(transaction, queue, job, { countsAsRetry: false, waitSeconds });
    return null;
  }
  const taken = await tx.job.update({
    where: { id: job.id },
    data: {
      state: 'RUNNING',
      attempt: { increment: 1 },
      retries: { increment: lost ? 1 : 0 },
      startedAt: job.startedAt ?? new Date(),
    },
  });
  await putTrainer(tx, trainer);
  await tx.run.create({
    data: {
      jobId: job.id,
      attempt: taken.attempt,
      trainerId: trainer.id,
      engine: trainer.engine,
      device: trainer.device,
      onGpu: trainer.onGpu,
      versions: trainer.versions,
      tokenId: tokenId ?? null,
      queueRetryCount: delivery.retryCount,
      state: 'RUNNING',
    },
  });
  if (transaction.search.state === 'QUEUED') {
    transaction.change({ state: 'RUNNING', engine: trainer.engine });
  }
  emitJob(transaction, taken);
  await beginAudit(transaction, taken);
  return taken;
}

/** An audit runs from the first attempt at one of its trainings on. */
async function beginAudit(transaction: SearchTransaction, job: JobModel): Promise<void> {
  const audit =
    job.retrainingId &&
    (await transaction.tx.audit.findFirst({
      where: { state: 'QUEUED', networks: { some: { id: job.networkId ?? '' } } },
      select: { id: true },
    }));
  if (audit) {
    await changeAudit(transaction, audit.id, 'RUNNING', null);
  }
}

async function openAttempt(db: Database, queue: Queue, job: JobModel): Promise<Attempt> {
  const { prisma } = db;
  const { searchId, cellId, networkId, retrainingId, latencyTableId, exportId, entryId } = job;
  const { featureMapsId } = job;
  const search = await prisma.search.findUniqueOrThrow({
    where: { id: searchId },
    include: { dataset: true, teacher: true },
  });
  const cell = cellId && (await prisma.cell.findUniqueOrThrow({ where: { id: cellId } }));
  const network =
    networkId && (await prisma.network.findUniqueOrThrow({ where: { id: networkId } }));
  const retraining =
    retrainingId && (await prisma.retraining.findUniqueOrThrow({ where: { id: retrainingId } }));
  const latencyTable =
    latencyTableId &&
    (await prisma.latencyTable.findUniqueOrThrow({ where: { id: latencyTableId } }));
  const [featureMaps] = featureMapsId === null ? [] : await readFeatureMaps(db, [featureMapsId]);
  const { dataset, teacher, ...searchRow } = search;
  const row = toJobRow(job);
  return {
    attempt: job.attempt,
    job: row,
    search: toSearchRow(searchRow),
    cell: cell ? toCellRow(cell) : null,
    network: network ? toNetworkRow(network) : null,
    retraining: retraining ? toRetrainingRow(retraining) : null,
    latencyTable: latencyTable ? toLatencyTableRow(latencyTable) : null,
    export: exportId === null ? null : await readExport(db, exportId),
    entry: entryId === null ? null : await readEntry(db, entryId),
    featureMaps: featureMaps ?? null,
    dataset: dataset && toDatasetInfo(dataset),
    teacher: teacher && toTeacherRow(teacher),
    checkpoint: row.checkpoint,
    earlierCheckpoint: row.earlierCheckpoint,
    ...writesOf(contextOf(db, queue, job, job.attempt)),
  };
}
