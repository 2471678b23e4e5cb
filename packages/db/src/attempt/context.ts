import { DomainError, type Failure, type JobKind } from '@blockwise/contracts';
import { sketchCurves } from '../curve-sketches.ts';
import type { Database } from '../database.ts';
import type { Prisma } from '../generated/client.ts';
import type { JobModel } from '../generated/models.ts';
import { earliestPhase, emitJob } from '../job-rows.ts';
import { verifyWaiting } from '../leaderboard/verify.ts';
import type { Queue } from '../queue.ts';
import { changeSearch, type SearchTransaction } from '../search-transaction.ts';
import type { StoredArtifact } from './attempt.ts';

/** What every write of an attempt needs: where, and the fencing token. */
export interface AttemptContext {
  readonly db: Database;
  readonly queue: Queue;
  readonly searchId: string;
  readonly jobId: string;
  readonly kind: JobKind;
  readonly attempt: number;
  readonly cellId: string | null;
  readonly networkId: string | null;
  readonly retrainingId: string | null;
  readonly latencyTableId: string | null;
  readonly exportId: string | null;
  readonly entryId: string | null;
  readonly featureMapsId: string | null;
}

/** Where an attempt at a job writes. */
export function contextOf(
  db: Database,
  queue: Queue,
  job: JobModel,
  attempt: number,
): AttemptContext {
  const { id, searchId, kind } = job;
  const { cellId, networkId, retrainingId, latencyTableId, exportId, entryId } = job;
  const { featureMapsId } = job;
  const subjects = { cellId, networkId, retrainingId, latencyTableId, exportId, entryId };
  return { db, queue, searchId, jobId: id, kind, attempt, ...subjects, featureMapsId };
}

/**
 * One write of an attempt: changes the job's row only if the attempt still holds the job, then runs
 * `work` in the same transaction.
 *
 * @throws DomainError ATTEMPT_STALE or CANCELLED; then nothing has changed
 */
export async function writeAttempt(
  context: AttemptContext,
  data: Prisma.JobUncheckedUpdateManyInput,
  work: (transaction: SearchTransaction, job: JobModel) => Promise<void>,
  before?: (tx: Prisma.TransactionClient) => Promise<void>,
): Promise<void> {
  const { db, searchId, jobId, attempt } = context;
  const written = await changeSearch(
    db,
    searchId,
    async (transaction) => {
      const [job] = await transaction.tx.job.updateManyAndReturn({
        where: { id: jobId, attempt, state: 'RUNNING' },
        data,
      });
      if (job === undefined) {
        throw await refusal(transaction.tx, context);
      }
      await work(transaction, job);
      return true;
    },
    before,
  );
  if (written === null) {
    throw staleAttempt(context);
  }
}

/**
 * The write that completes the job: ends its run, settles its delivery, lets `work` add the result
 * and the jobs that follow from it, and moves the search's phase on. When no job is left, the search
 * is COMPLETE, and stays so whatever is done for it afterwards; its entries are verified then.
 */
export async function completeAttempt(
  context: AttemptContext,
  kind: JobKind,
  work: (transaction: SearchTransaction, job: JobModel) => Promise<void>,
  before?: (tx: Prisma.TransactionClient) => Promise<void>,
): Promise<void> {
  if (context.kind !== kind) {
    throw new Error(`a ${context.kind} job has no ${kind} result`);
  }
  await writeAttempt(
    context,
    { state: 'COMPLETE', finishedAt: new Date() },
    async (transaction, job) => {
      await endRun(transaction, context, 'COMPLETE', null);
      await sketchCurves(transaction.tx, job.id);
      await context.queue.settleIn(transaction.tx, job.kind, job.queueJobId);
      emitJob(transaction, job);
      await work(transaction, job);
      if (transaction.search.state !== 'COMPLETE') {
        const phase = await earliestPhase(transaction);
        transaction.change(phase === null ? { state: 'COMPLETE', phase } : { phase });
        if (phase === null) {
          await verifyWaiting(transaction, context.queue);
        }
      }
    },
    before,
  );
}

/** Ends the run of the attempt, if it has not ended yet. */
export async function endRun(
  { tx, happened }: SearchTransaction,
  { jobId, attempt, kind }: { jobId: string; attempt: number; kind: JobKind },
  state: 'COMPLETE' | 'FAILED' | 'CANCELLED',
  failure: Failure | null,
): Promise<void> {
  const finishedAt = new Date();
  const runs = await tx.run.updateManyAndReturn({
    where: { jobId, attempt, state: 'RUNNING' },
    data: {
      state,
      finishedAt,
      failureCode: failure?.code ?? null,
      failureMessage: failure?.message ?? null,
    },
    select: { startedAt: true },
  });
  for (const { startedAt } of runs) {
    const seconds = Math.max(0, (finishedAt.getTime() - startedAt.getTime()) / 1000);
    happened({ what: 'attemptEnded', kind, state, code: failure?.code ?? null, seconds });
  }
}

/** Why the attempt may not write. */
export async function refusal(
  tx: Prisma.TransactionClient,
  context: AttemptContext,
): Promise<DomainError> {
  const job = await tx.job.findUnique({ where: { id: context.jobId } });
  return job?.state === 'CANCELLED' && job.attempt === context.attempt
    ? new DomainError('CANCELLED', 'The job was cancelled.')
    : staleAttempt(context);
}

export function staleAttempt({ jobId, attempt }: AttemptContext): DomainError {
  return new DomainError(
    'ATTEMPT_STALE',
    `Attempt ${attempt} no longer holds job ${jobId}; its write was refused.`,
  );
}

/** Records a stored file; the same content is the same row, and says when it was stored last. */
export async function putArtifact(
  tx: Prisma.TransactionClient,
  kind: 'checkpoint' | 'teacher' | 'supernet' | 'network' | 'export' | 'samples' | 'maps',
  { sha256, bytes }: StoredArtifact,
): Promise<void> {
  // Writing the row also when it is there holds it: a sweep can't delete what is about to be named.
  await tx.artifact.upsert({
    where: { sha256 },
    create: { sha256, kind, bytes },
    update: { storedAt: new Date() },
  });
}

export function requireId(id: string | null, what: string): string {
  if (id === null) {
    throw new Error(`the job has no ${what}`);
  }
  return id;
}

/** @throws DomainError DIVERGED */
export function checkFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) {
    throw new DomainError('DIVERGED', `${name} is ${value}.`);
  }
}
