import { toJobRow } from '../from-rows.ts';
import type { Prisma } from '../generated/client.ts';
import type { JobModel } from '../generated/models.ts';
import type { Checkpoint } from '../rows.ts';
import type { StoredArtifact } from './attempt.ts';
import { type AttemptContext, putArtifact, writeAttempt } from './context.ts';

export async function saveCheckpoint(
  context: AttemptContext,
  { sha256, bytes, step }: Checkpoint & StoredArtifact,
): Promise<void> {
  await writeAttempt(context, { progressAt: new Date() }, async ({ tx, happened }, job) => {
    happened({ what: 'checkpointSaved', kind: job.kind, bytes });
    // The job's row points at the artifact's, so that comes first.
    await putArtifact(tx, 'checkpoint', { sha256, bytes });
    const kept = checkpointsOf(job).filter((stored) => stored.step < step);
    await keep(tx, job, [{ sha256, step }, ...kept]);
  });
}

/** Forgets a job's checkpoints after `step`: whoever goes on from there has no use for them. */
export async function forgetCheckpoints(
  tx: Prisma.TransactionClient,
  job: JobModel,
  step: number,
): Promise<void> {
  const stored = checkpointsOf(job);
  const kept = stored.filter((checkpoint) => checkpoint.step <= step);
  if (kept.length < stored.length) {
    await keep(tx, job, kept);
  }
}

/** The newest first. */
function checkpointsOf(job: JobModel): Checkpoint[] {
  const { checkpoint, earlierCheckpoint } = toJobRow(job);
  return [checkpoint, earlierCheckpoint].filter((stored) => stored !== null);
}

async function keep(
  tx: Prisma.TransactionClient,
  { id }: JobModel,
  [newest, earlier]: readonly Checkpoint[],
): Promise<void> {
  await tx.job.update({
    where: { id },
    select: { id: true },
    data: {
      checkpointSha256: newest?.sha256 ?? null,
      checkpointStep: newest?.step ?? null,
      earlierCheckpointSha256: earlier?.sha256 ?? null,
      earlierCheckpointStep: earlier?.step ?? null,
    },
  });
}
