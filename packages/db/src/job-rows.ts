import { randomUUID } from 'node:crypto';
import {
  type EngineName,
  isFinalJobState,
  type JobState,
  jobKinds,
  latencySpec,
  type Phase,
} from '@blockwise/contracts';
import { currentWork, enqueuedSpan } from '@blockwise/telemetry';
import { toFailure } from './from-rows.ts';
import type { Prisma } from './generated/client.ts';
import type { JobModel } from './generated/models.ts';
import type { Enqueued, Queue } from './queue.ts';
import type { SearchTransaction } from './search-transaction.ts';
import { trainerLostMilliseconds } from './trainers.ts';

export const unfinished: JobState[] = ['QUEUED', 'RUNNING'];

export interface NewJob {
  readonly kind: Phase;
  readonly cellId?: string;
  readonly networkId?: string;
  readonly retrainingId?: string;
  readonly latencyTableId?: string;
  readonly exportId?: string;
  readonly entryId?: string;
  readonly featureMapsId?: string;
}

/** What the queue is told of a job. */
export type QueuedJob = Pick<JobModel, 'id' | 'kind' | 'queueJobId' | 'latencyTableId'>;

/** Writes jobs and enqueues them, in the one transaction. */
export async function createJobs(
  transaction: SearchTransaction,
  queue: Queue,
  jobs: readonly NewJob[],
): Promise<JobModel[]> {
  const spans = jobs.map(({ kind }) => enqueuedSpan(kind));
  const rows = await transaction.tx.job.createManyAndReturn({
    data: jobs.map((job, i) => ({
      ...job,
      searchId: transaction.search.id,
      queueJobId: randomUUID(),
      requestId: currentWork()?.requestId ?? null,
      traceparent: spans[i]?.traceparent ?? null,
    })),
  });
  for (const [i, row] of rows.entries()) {
    spans[i]?.end({ searchId: row.searchId, jobId: row.id });
    emitJob(transaction, row);
  }
  await enqueue(transaction, queue, rows);
  return rows;
}

/**
 * Gives waiting jobs to the queue, under the ids that their rows name. Those of a paused search are
 * kept out of it until somebody resumes the search.
 */
async function enqueue(
  transaction: SearchTransaction,
  queue: Queue,
  rows: readonly QueuedJob[],
  waitSeconds = 0,
): Promise<void> {
  if (transaction.search.state !== 'PAUSED') {
    await send(transaction, queue, rows, waitSeconds);
  }
}

/** What {@link enqueue} does for a search that is not paused, or is no longer. */
export async function send(
  transaction: SearchTransaction,
  queue: Queue,
  rows: readonly QueuedJob[],
  waitSeconds = 0,
): Promise<void> {
  const jobs = rows.map(async (row) => ({
    queueJobId: row.queueJobId,
    kind: row.kind,
    priority: transaction.search.priority,
    payload: { jobId: row.id },
    engine: await engineOf(transaction, row),
    waitSeconds,
  }));
  const sent = await Promise.all(jobs);
  await queue.sendIn(transaction.tx, sent);
  await warnOfWaiting(transaction, sent);
}

/** Puts a job back into the queue under a new queue's job, after a wait; the old one is settled. */
export async function requeue(
  transaction: SearchTransaction,
  queue: Queue,
  job: JobModel,
  options: { countsAsRetry: boolean; waitSeconds?: number },
): Promise<void> {
  const queueJobId = randomUUID();
  const row = await transaction.tx.job.update({
    where: { id: job.id },
    data: {
      state: 'QUEUED',
      queueJobId,
      ...(options.countsAsRetry ? { retries: { increment: 1 } } : {}),
    },
  });
  await queue.settleIn(transaction.tx, job.kind, job.queueJobId);
  await enqueue(transaction, queue, [row], options.waitSeconds);
  emitJob(transaction, row);
}

/** The only engine that the job is for: latency is measured on the one that was asked for. */
export async function engineOf(
  { tx }: SearchTransaction,
  { latencyTableId }: Pick<JobModel, 'latencyTableId'>,
): Promise<EngineName | null> {
  if (latencyTableId === null) return null;
  const { spec } = await tx.latencyTable.findUniqueOrThrow({ where: { id: latencyTableId } });
  return latencySpec.parse(spec).engine;
}

/** Cancels every unfinished job of the search (or those of `which`), their runs and deliveries. */
export async function cancelUnfinishedJobs(
  transaction: SearchTransaction,
  queue: Queue,
  which: Prisma.JobWhereInput = {},
): Promise<void> {
  const { tx, search } = transaction;
  const finishedAt = new Date();
  const rows = await tx.job.updateManyAndReturn({
    where: { ...which, searchId: search.id, state: { in: unfinished } },
    data: { state: 'CANCELLED', finishedAt },
  });
  await tx.run.updateMany({
    where: { jobId: { in: rows.map(({ id }) => id) }, state: 'RUNNING' },
    data: { state: 'CANCELLED', finishedAt },
  });
  for (const kind of jobKinds) {
    const ofKind = rows.filter((row) => row.kind === kind);
    await queue.cancelIn(
      tx,
      kind,
      ofKind.map((row) => row.queueJobId),
    );
  }
  for (const row of rows) {
    emitJob(transaction, row);
  }
}

/** The earliest phase that has an unfinished job; null when none has. */
export async function earliestPhase({ tx, search }: SearchTransaction): Promise<Phase | null> {
  const [row] = await tx.$queryRaw<{ phase: Phase | null }[]>`
    SELECT min(kind)::text AS phase FROM job
    WHERE search_id = ${search.id}::uuid AND state IN ('QUEUED', 'RUNNING')`;
  return row?.phase ?? null;
}

/** Says so where a job will wait, because no trainer that is there has its engine. */
async function warnOfWaiting(
  { tx, emit }: SearchTransaction,
  jobs: readonly Pick<Enqueued, 'kind' | 'engine'>[],
): Promise<void> {
  for (const { kind, engine } of jobs) {
    if (engine === null) continue;
    const since = new Date(Date.now() - trainerLostMilliseconds);
    const present = await tx.trainer.count({ where: { engine, lastSeen: { gte: since } } });
    if (present > 0) continue;
    const text = `A ${kind} job waits for a trainer with the engine ${engine}: none is there.`;
    emit({ kind: 'MESSAGE', level: 'WARNING', text });
  }
}

export function emitJob({ emit, happened }: SearchTransaction, job: JobModel): void {
  const failure = toFailure(job.failureCode, job.failureMessage);
  if (isFinalJobState(job.state)) {
    happened({ what: 'jobEnded', kind: job.kind, state: job.state, code: failure?.code ?? null });
  }
  emit({
    kind: 'JOB_CHANGED',
    jobId: job.id,
    jobKind: job.kind,
    cellId: job.cellId,
    networkId: job.networkId,
    state: job.state,
    attempt: job.attempt,
    failure,
  });
}
